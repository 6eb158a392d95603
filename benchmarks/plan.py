"""What is compared with what, the result each run must have, and the gates."""

import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.reference import Reference

Run = dict[str, Any]
# Least ratio to the peer by number of rows. Start-up and the fixed cost of some sixty statements
# weigh more in a small file: a fifth of the rows keeps about two thirds of the ratio.
SMALL, FULL = "2k", "10k"
GATES: dict[str, dict[str, float]] = {
    "import xlsx": {"2k": 8, "10k": 20, "100k": 40},
    "import csv": {"2k": 2, "10k": 8, "100k": 8},
    "preview xlsx": {"2k": 5, "10k": 30, "100k": 30},
    "export": {"2k": 2, "10k": 4, "100k": 5},
    "export plain": {"2k": 4, "10k": 10, "100k": 15},
}
CEILINGS = {
    "coverage": 20.0,
    "search": 1.0,
    "page_ms": 300.0,
    "keyset": 5.0,
    "move": 2.0,
    "finder": 1.0,
    "statements": 15,
}
LARGE = {"10k", "100k", "1m"}


class Failure(Exception):
    """A run ended badly or gave another result than the reference."""


class Bench(ABC):
    """What a plan may do: prepare a base, run a case on a copy of it, note, demand."""

    def __init__(self, *, size: str, runs: int, gated: bool) -> None:
        self.size, self.runs, self.gated = size, runs, gated
        self.figures: dict[str, Any] = {}
        self.failures: list[str] = []

    @abstractmethod
    def data(self) -> dict[str, Path]: ...

    @abstractmethod
    def base(self, case: str, argument: object) -> str: ...

    @abstractmethod
    def run(self, base: str, case: str, argument: object = "", *, fresh: bool = True) -> Any: ...

    def note(self, what: str, found: Any) -> None:
        self.figures[what] = found
        print(f"{what}: {_short(found)}", flush=True)

    def demand(self, holds: bool, what: str) -> None:
        if not holds:
            self.failures.append(what)

    def compare(
        self,
        what: str,
        base: str,
        peer: tuple[str, object],
        ours: tuple[str, object],
        **options: Any,
    ) -> list[tuple[Run, Run]]:
        """Peer and ours in turn; the median of the ratios, pair by pair."""
        pairs = [
            (self.run(base, *peer, **options), self.run(base, *ours, **options))
            for _ in range(self.runs)
        ]
        ratios = {
            kind: sorted(round(one[kind] / other[kind], 1) for one, other in pairs)
            for kind in ("wall", "cpu")
        }
        self.note(
            what,
            {
                "peer": middle([one for one, _ in pairs]),
                "ours": middle([other for _, other in pairs]),
                "ratio_wall": {"median": median(ratios["wall"]), "pairs": ratios["wall"]},
                "ratio_cpu": {"median": median(ratios["cpu"]), "pairs": ratios["cpu"]},
            },
        )
        least = GATES[what].get(self.size) if what in GATES else None
        if self.gated and least:
            reached = median(ratios["wall"])
            self.demand(reached >= least, f"{what}: {reached} × instead of {least} ×")
        return pairs


def middle(runs: list[Run]) -> Run:
    found: Run = {
        kind: round(median(run[kind] for run in runs), 3)
        for kind in ("wall", "client", "server", "cpu")
    }
    found["peak_mb"] = {who: max(run["peak_mb"][who] for run in runs) for who in ("self", "child")}
    return found


def _short(found: Any) -> str:
    if isinstance(found, dict) and "result" in found:
        found = {key: value for key, value in found.items() if key != "result"}
    return str(found)[:600]


def _base(bench: Bench) -> str:
    return bench.base("first_year", bench.data()["y1.csv"])


def import_xlsx(bench: Bench) -> None:
    """Against the library as its documentation shows it."""
    _import(bench, "xlsx", "peer_import")
    floors(bench)


def import_csv(bench: Bench) -> None:
    """Against the library at the best tuning found."""
    _import(bench, "csv", "peer_tuned")


def _import(bench: Bench, kind: str, peer: str) -> None:
    base, data = _base(bench), bench.data()
    reference = Reference.of(data["y1.csv"], data["y2.csv"])
    file = data[f"y2.{kind}"]
    pairs = bench.compare(f"import {kind}", base, (peer, file), ("import", file))
    alone = [theirs["result"]["register_seconds"] / ours["wall"] for theirs, ours in pairs]
    bench.note(f"import {kind}: peer's register alone, without yearly records", median(alone))
    for theirs, ours in pairs:
        bench.demand(
            reference.agrees(ours["result"]["buckets"]),
            f"import {kind}: {ours['result']['buckets']} instead of {reference}",
        )
        bench.demand(
            (theirs["result"]["new"], theirs["result"]["error"]) == (reference.unknown_codes, 0),
            f"peer {kind}: {theirs['result']} instead of {reference.unknown_codes} new",
        )


def ours_alone(bench: Bench) -> None:
    """Large files, which no peer reads in reasonable time: seconds, memory, floors."""
    base, data = _base(bench), bench.data()
    reference = Reference.of(data["y1.csv"], data["y2.csv"])
    for kind in ("csv", "xlsx"):
        found = bench.run(base, "import", data[f"y2.{kind}"])
        bench.note(f"ours {kind}", found)
        bench.demand(
            reference.agrees(found["result"]["buckets"]), f"ours {kind}: {found['result']}"
        )
        bench.demand(found["peak_mb"]["child"] <= 2048, f"ours {kind}: child above 2 GB")
    floors(bench)


def floors(bench: Bench) -> None:
    base, data = _base(bench), bench.data()
    for floor, kind in (("inflate", "xlsx"), ("tokenise", "xlsx"), ("copy_in", "csv")):
        runs = [
            bench.run(base, f"floor_{floor}", data[f"y2.{kind}"], fresh=False)
            for _ in range(bench.runs)
        ]
        bench.note(f"floor {floor}", middle(runs))


def previews(bench: Bench) -> None:
    """Staged and compared but not written, against the library's dry run."""
    file = bench.data()["y2.xlsx"]
    bench.compare("preview xlsx", _base(bench), ("peer_preview", file), ("preview", file))


def identical(bench: Bench) -> None:
    """The same file once more: nothing is written; in a new round only yearly records."""
    base, data = _base(bench), bench.data()
    for case, allowed in (("same_round", []), ("next_round", ["enterpriseyear"])):
        found = bench.run(base, case, data["y2.csv"])
        bench.note(f"identical {case}", found)
        written = found["result"]["written"]
        bench.demand(written == allowed, f"{case} wrote to {written}, may write to {allowed}")


def exports(bench: Bench) -> None:
    """Twenty styled columns against XlsxWriter, and against the library's plain workbook."""
    base = _base(bench)
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = Path(folder, "ours.xlsx"), Path(folder, "peer.xlsx")
        for what, peer in (("export", "xlsxwriter_export"), ("export plain", "peer_export")):
            pairs = bench.compare(what, base, (peer, theirs), ("export", mine), fresh=False)
            for one, other in pairs:
                bench.demand(one["result"] == other["result"], f"{what}: rows differ")


def _reading(bench: Bench) -> str:
    return bench.base("fill", bench.size)


def coverage(bench: Bench) -> None:
    base = _reading(bench)
    pairs = bench.compare("coverage", base, ("sequential", ""), ("coverage", ""), fresh=False)
    share = median(ours["wall"] / scan["wall"] for scan, ours in pairs)
    bench.note("coverage in passes over the register", round(share, 1))
    if bench.gated and bench.size in LARGE:
        bench.demand(share <= CEILINGS["coverage"], f"coverage costs {share:.1f} passes")


def search(bench: Bench) -> None:
    found = bench.run(_reading(bench), "search", fresh=False)["result"]
    bench.note("search", found)
    if bench.gated and bench.size == "1m":
        for kind, shares in found["shares"].items():
            bench.demand(
                shares["p95"] <= CEILINGS["search"], f"search {kind}: {shares['p95']} of a pass"
            )


def lists(bench: Bench) -> None:
    found = bench.run(_reading(bench), "list", fresh=False)["result"]
    bench.note("list", found)
    few, many = found["statements"].values()
    bench.demand(few == many, f"list: {few} statements for 20 rows, {many} for 50")
    if bench.gated and bench.size in LARGE:
        bench.demand(found["keyset_share"] <= CEILINGS["keyset"], "list: the last page is slow")
        for name, page in found["pages"].items():
            bench.demand(page["cpu_ms"] <= CEILINGS["page_ms"], f"list {name}: {page}")


def ledgers(bench: Bench) -> None:
    base = _reading(bench)
    for key in ("coverage", "enterprises"):
        bench.note(f"ledger {key}", bench.run(base, "ledger", key, fresh=False))


def scopes(bench: Bench) -> None:
    """What the scope of a township and of a branch adds to a query on the register."""
    found = bench.run(bench.base("scope_fill", bench.size), "scope", fresh=False)["result"]
    bench.note("scope", found)
    township, branch = found["township"], found["branch secretary"]
    bench.demand(township["among"] and not township["scans"], "scope: a township reads all rows")
    bench.demand(not branch["scans"], "scope: a branch secretary reads all rows")


def trees(bench: Bench) -> None:
    """Acts on a committee of 1,000 branches among 3,000 organizations."""
    base = bench.base("tree_plant", "")
    for case, below in (("tree_move", 2002), ("tree_close", 2001)):
        found = bench.run(base, case)
        result = found["result"]
        bench.note(case, found)
        bench.note(f"{case}: statements", result["statements"])
        bench.demand((result["below"], result["left"]) == (below, 0), f"{case}: {result}")
        if bench.gated:
            bench.demand(found["wall"] <= CEILINGS["move"], f"{case}: {found['wall']} s")
    circle = bench.run(base, "tree_circle", fresh=False)
    bench.note("tree circle", circle)
    bench.demand(bool(circle["result"]["said"]), "tree circle: not refused")
    pages = bench.run(base, "tree_page", fresh=False)["result"]
    bench.note("tree page", pages)
    for name, page in pages.items():
        bench.demand(page["statements"] <= CEILINGS["statements"], f"tree page, {name}: {page}")
        if bench.gated:
            bench.demand(page["cpu_ms"] <= CEILINGS["page_ms"], f"tree page, {name}: {page}")


def finder(bench: Bench) -> None:
    """Joint branches proposed among 10,000 firms; each firm may be in one proposal."""
    base = bench.base("finder_fill", "")
    found = bench.run(base, "finder_find", fresh=False)
    result = found["result"]
    bench.note("finder", found)
    bench.demand(result["firms"] == 10_000, f"finder: {result}")
    if bench.gated:
        bench.demand(found["wall"] <= CEILINGS["finder"], f"finder: {found['wall']} s")


def lives(bench: Bench) -> None:
    pages = bench.run(bench.base("life_seed", ""), "life_pages", fresh=False)["result"]
    bench.note("a branch's year", pages)
    slow = {name for name, page in pages.items() if page["cpu_ms"] > CEILINGS["page_ms"]}
    bench.demand(not (bench.gated and slow), f"a branch's year: {slow}")


PLANS: dict[str, Callable[[Bench], None]] = {
    "xlsx": import_xlsx,
    "csv": import_csv,
    "ours": ours_alone,
    "preview": previews,
    "identical": identical,
    "export": exports,
    "coverage": coverage,
    "search": search,
    "list": lists,
    "ledger": ledgers,
    "tree": trees,
    "finder": finder,
    "scope": scopes,
    "life": lives,
}
