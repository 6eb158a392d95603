"""A minute of seeded disaster under load: everything that was accepted is done, exactly once."""

import os
from collections.abc import Callable

from tests.chaos.checker import judge
from tests.chaos.site import Site
from tests.chaos.storm import EXPORTS, IMPORTS, Storm

SECONDS = float(os.environ.get("CHAOS_SECONDS", "60"))
SEED = int(os.environ.get("CHAOS_SEED", "7"))
CONTROL_SECONDS = 8.0
UNAUDITED = """
SELECT count(*) FROM toy_note
FULL JOIN (SELECT reason FROM core_auditentry WHERE verb = 'toy.note') entry ON reason = key
WHERE key IS NULL OR reason IS NULL
"""


def weathered(site: Site, storm: Storm) -> Storm:
    site.end_all(but=("web",))
    storm.run()
    storm.until_calm()
    return storm


def test_nothing_is_lost_and_nothing_done_twice(
    site: Site, record_property: Callable[[str, object], None]
) -> None:
    storm = weathered(site, Storm(site, SEED, SECONDS))
    verdict = judge(site)
    record_property(
        "storm",
        f"chaos seed={SEED} {SECONDS:.0f}s kills={storm.kills} jobs={verdict.jobs}"
        f" lost={verdict.lost} doubled={verdict.doubled} max_attempts={verdict.max_attempts}",
    )
    assert (verdict.jobs, verdict.lost, verdict.doubled) == (IMPORTS + EXPORTS, 0, 0)
    assert storm.kills >= SECONDS / 4
    noted = {key for (key,) in site.query("SELECT key FROM toy_note")}
    said_ok = {key for key, answer in storm.answers.items() if answer == "ok" and "note" in key}
    assert said_ok <= noted <= storm.answers.keys()
    assert site.value("SELECT count(*) - count(DISTINCT key) FROM toy_note") == 0
    assert site.value(UNAUDITED) == 0


def test_the_same_storm_without_sweepers_loses_work(site: Site) -> None:
    """Negative control."""
    weathered(site, Storm(site, SEED, CONTROL_SECONDS, sweepers=(), imports=6, exports=2))
    assert judge(site).lost > 0
