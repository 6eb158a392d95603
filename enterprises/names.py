"""Names of enterprises: how they are stored, compared and found to be alike."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

_DROPPED = re.compile(r"[\s()（）\[\]【】〔〕《》<>“”\"'‘’·.,，。、\-—_]+")
_FORM = re.compile(
    r"(股份有限责任公司|股份有限公司|有限责任公司|有限公司|合伙企业(有限合伙|普通合伙)?"
    r"|\(?(有限合伙|普通合伙|特殊普通合伙)\)?|股份公司|集团|总公司|公司)$"
)
ALIKE = 0.6  # shared pairs of characters over all pairs
COMMON = 40  # a pair borne by more names than this says nothing


def name_key(name: str) -> str:
    """The name without widths, brackets, blanks and marks: equal for spellings of one name."""
    upper = unicodedata.normalize("NFKC", name).upper()
    return unicodedata.normalize("NFKC", _DROPPED.sub("", upper))


def core_of(key: str, places: Iterable[str] = ()) -> str:
    """What distinguishes the enterprise: its key without leading places and trailing legal form."""
    core = key
    for place in places:
        if core.startswith(place) and len(core) > len(place) + 1:
            core = core[len(place) :].lstrip("省市县区镇乡")
    return _FORM.sub("", core) or key


def pairs_of(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def alike(
    wanted: Mapping[int, str], known: Mapping[int, str], *, at_most: int = 3
) -> Iterator[tuple[int, list[int]]]:
    """For each wanted core name the known ones that resemble it, the most alike first."""
    by_pair: defaultdict[str, list[int]] = defaultdict(list)
    known_pairs = {key: pairs_of(core) for key, core in known.items()}
    for key, pairs in known_pairs.items():
        for pair in pairs:
            by_pair[pair].append(key)
    for key, core in wanted.items():
        pairs = pairs_of(core)
        rare = (by_pair[pair] for pair in pairs if 0 < len(by_pair.get(pair, ())) <= COMMON)
        scores = {
            other: len(pairs & known_pairs[other]) / len(pairs | known_pairs[other])
            for other in {other for others in rare for other in others}
        }
        found = sorted(
            (other for other in scores if scores[other] >= ALIKE), key=scores.__getitem__
        )
        if found:
            yield key, found[::-1][:at_most]
