"""Which township or park an enterprise belongs to, and why; pure once the areas are loaded.

A keyword counts only where it names a place: 怀宁路 in another city is a street, not 怀宁县, and
金拱工业园 is a part of 金拱镇, not the county's 工业园.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from organizations.models import Area, AreaKind
from organizations.models.area import REPORTING_KINDS

_ENDINGS = re.compile(r"(自治县|县|区|市|旗|街道办事处|街道|镇|乡)$")
_NOT_A_PLACE = r"(?!路|街(?!道)|大道|巷|弄|桥|大厦|广场|花园|小区|新村|宾馆|饭店)"
_NOT_A_STREET = r"(?!路|大道|巷|弄|桥)"
_PREFIX = re.compile(
    r"(?P<above>(?:中国)?(?:[^省市区县路街镇乡村]{2,7}?(?:省|自治区))?"
    r"(?P<city>[^省市区县路街镇乡村]{2,6}?(?:市(?![场镇乡])|自治州|地区|盟))?)"
    r"(?P<county>[^省市区县路街道镇乡村号]{1,6}?(?:县|区|市(?![场镇乡])|旗))?"
)
# 工业园 or 经济开发区 alone may be anybody's: it counts only right behind the county's name.
_GENERIC = re.compile(
    r"(综合|民营|高新|技术|经济|产业|工业|循环|现代|物流|农业|科技|新|省级|市级|县)*"
    r"(开发区|园|园区|园地|区|集中区|聚集区|示范区|基地)"
).fullmatch
_NO_COUNTY = re.compile(
    r"(开发区|园区|工业区|示范区|高新区|新区|矿区|景区|小区|社区|[东南西北]区)$"
)


Find = Callable[[str], re.Match[str] | None]


class Claim(NamedTuple):
    """The area with the reason a clerk reads; where code and address point; both outside."""

    area_id: int | None
    reason: str
    by_code: bool
    by_address: bool
    outside: bool


class Place(NamedTuple):
    """What is known of one row: region of its code, hints of the list, addresses, other texts."""

    region: str = ""
    township_code: str = ""
    township: str = ""
    park: str = ""
    addresses: tuple[str, ...] = ()
    authority: str = ""
    name: str = ""


class Territory:
    """The areas of one county, ready to be asked row by row."""

    def __init__(self, county: Area, areas: Iterable[Area]) -> None:
        self._region = re.sub(r"(00)+$", "", county.code[:6])
        self._county = _ENDINGS.sub("", county.name) or county.name
        self._named = re.compile(re.escape(self._county) + _NOT_A_PLACE)
        self._city_codes = county.code[:4]
        self._by_code: dict[str, Area] = {}
        self._by_name: dict[str, Area] = {}
        words: dict[str, Area] = {}
        for area in areas:
            self._by_code[area.code] = area
            for word in (area.name, *area.keywords):
                words.setdefault(word, area)
            short = _ENDINGS.sub("", area.name)
            self._by_name |= {area.name: area, short: area, **dict.fromkeys(area.keywords, area)}
        generic = {word: words.pop(word) for word in list(words) if _GENERIC(word)}
        self._words = words
        self._find_word = _search(words, _NOT_A_PLACE)
        self._short = {
            _ENDINGS.sub("", area.name): area
            for area in self._by_code.values()
            if area.kind != AreaKind.PARK and len(_ENDINGS.sub("", area.name)) > 1
        }
        self._starts_with = _match({**self._short, **generic}, _NOT_A_STREET)
        self._starting = {**self._short, **generic}
        self._parks = _search(
            {word: area for word, area in words.items() if area.kind == AreaKind.PARK}, ""
        )
        self._find_short = _search(self._short, _NOT_A_PLACE)

    @classmethod
    def of(cls, county: Area) -> "Territory":
        """The county's reporting areas of today."""
        areas = Area.objects.filter(kind__in=REPORTING_KINDS, closed_on__isnull=True)
        areas = areas.select_related("parent__parent")
        return cls(county, [area for area in areas if _belongs(area, county)])

    def claim(self, place: Place) -> Claim:
        """The first sign that holds: the list's own words, addresses, authority, name."""
        by_code = bool(self._region) and place.region.startswith(self._region)
        named, elsewhere = False, False
        found = self._stated(place)
        if found and by_code:
            return Claim(found[0].id, found[1], by_code, by_address=True, outside=False)
        for address in dict.fromkeys(filter(None, place.addresses)):
            ours, rest = self._locate(address)
            if rest is None:
                elsewhere = True
                continue
            named = named or ours
            near = by_code or ours or place.region[:4] == self._city_codes
            if (
                found is None
                and near
                and (area := self._in_text(address, rest, ours=ours or by_code))
            ):
                found, named = area, True
        if found is None and by_code:
            found = self._indirect(place, elsewhere=elsewhere)
        if found:
            return Claim(found[0].id, found[1], by_code, named, outside=False)
        outside = bool(place.region) and not by_code and not named and any(place.addresses)
        reason = "代码和住所均不在本县" if outside else ""
        return Claim(None, reason, by_code, named, outside)

    def _stated(self, place: Place) -> tuple[Area, str] | None:
        if area := self._by_name.get(place.park):
            return area, f"名单写明“{place.park}”"
        code = place.township_code
        if area := self._by_code.get(code) or self._by_code.get(code[:9]):
            return area, f"名单写明代码 {code}"
        if area := self._by_name.get(place.township):
            return area, f"名单写明“{place.township}”"
        return None

    def _locate(self, address: str) -> tuple[bool, str | None]:
        """Whether the county is named, and the text after it; None when another one is named."""
        prefix = _PREFIX.match(address)
        assert prefix is not None  # every part is optional
        county, city = prefix["county"] or "", prefix["city"] or ""
        if county.startswith(self._county) or city.startswith(self._county):
            start = address.index(self._county) + len(self._county)
            return True, address[start:].lstrip("县区市")
        if county and not _NO_COUNTY.search(county):
            return False, None
        behind = prefix.end("above")
        if named := self._named.search(address, behind):
            return True, address[named.end() :].lstrip("县区市")
        return False, address[behind:]

    def _in_text(self, address: str, rest: str, *, ours: bool) -> tuple[Area, str] | None:
        """A park anywhere, else what stands first, else the first township written out."""
        if park := self._parks(address):
            return self._words[park[0]], f"住所含“{park[0]}”"
        if ours and (first := self._starts_with(rest)):
            return self._starting[first[0]], f"住所含“{first[0]}”"
        if word := self._find_word(rest):
            return self._words[word[0]], f"住所含“{word[0]}”"
        return None

    def _indirect(self, place: Place, *, elsewhere: bool) -> tuple[Area, str] | None:
        if found := self._find_short(place.authority):
            return self._short[found[0]], f"登记机关为“{place.authority}”"[:200]
        if elsewhere:
            return None
        start = place.name.find(self._county)
        if start >= 0:
            rest = place.name[start + len(self._county) :].lstrip("县区市")
            if (found := self._find_short(rest)) and found.start() == 0:
                return self._short[found[0]], f"企业名称含“{found[0]}”"
        return None


def _pattern(words: Mapping[str, object], unless: str) -> re.Pattern[str]:
    """Any of the words, the longest first, unless what follows makes it something else."""
    if not words:
        return re.compile(r"(?!)")
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))}){unless}")


def _search(words: Mapping[str, object], unless: str) -> Find:
    return _pattern(words, unless).search


def _match(words: Mapping[str, object], unless: str) -> Find:
    return _pattern(words, unless).match


def _belongs(area: Area, county: Area) -> bool:
    while area.parent is not None:
        if area.parent_id == county.pk:
            return True
        area = area.parent
    return False
