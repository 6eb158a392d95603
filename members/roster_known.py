"""What is known before a sheet of members is read: people by number, branches, enterprises."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from core import identifiers
from core.dates import parse_date, today
from core.text import fold
from enterprises.models import Enterprise
from members.codes import EntryKind, JobClass
from members.models import Employment, PartyMember, Person
from members.roster_writing import Arrival
from members.services import persons
from members.standing import fault_of_home
from organizations.models import PartyOrganization
from organizations.rules import BRANCHES

CHUNK = 5000


class Known:
    """Looked up once for a sheet, within the scope of its user, except numbers: those are unique
    in the whole county, so that a number taken elsewhere is refused without saying where.
    """

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self._members: dict[str, PartyMember] = {}
        self._persons: dict[str, Person] = {}
        self._people: dict[str, list[Person]] = {}
        self._arrived: dict[str, list[Person]] = {}
        self._homes: dict[str, list[PartyOrganization]] = {}
        self._firms: dict[str, Enterprise] = {}
        self._works: dict[int, Employment] | None = None
        self._is_ready = False

    # Once for a sheet ---------------------------------------------------------------------------
    def look_up(self, rows: Iterable[Mapping[str, str]]) -> None:
        rows = list(rows)
        self._read_homes()
        digests = {_digest(row.get("citizen_id") or "") for row in rows} - {""}
        self._read_numbers(sorted(digests))
        names = {fold(row.get("name") or "") for row in rows}
        people = Person.objects.visible_to(self.actor).filter(name__in=names)
        for person in people.select_related("home_organization", "party_member"):
            self._people.setdefault(fold(person.name), []).append(person)
        names = {fold(row.get("unit") or "") for row in rows} - {""}
        firms = Enterprise.objects.visible_to(self.actor)
        for firm in firms.filter(name__in=names):
            self._firms[fold(firm.name)] = firm
        for firm in firms.filter(uscc__in=names):
            self._firms[fold(firm.uscc or "")] = firm

    def _read_homes(self) -> None:
        if self._is_ready:
            return
        seen = PartyOrganization.objects.visible_to(self.actor).existing(today())
        for one in seen:
            self._homes.setdefault(fold(one.code), []).append(one)
            self._homes.setdefault(fold(one.name), []).append(one)
        branches = [one for ones in self._homes.values() for one in ones if one.kind in BRANCHES]
        if len({one.pk for one in branches}) == 1:
            self._homes[""] = branches[:1]
        self._is_ready = True

    def _read_numbers(self, digests: list[str]) -> None:
        visible = PartyMember.objects.visible_to(self.actor).values("pk")
        for start in range(0, len(digests), CHUNK):
            some = digests[start : start + CHUNK]
            people = Person.objects.filter(citizen_id_index__in=some).select_related(
                "home_organization", "party_member"
            )
            for person in people:
                self._persons[person.citizen_id_index or ""] = person
            members = PartyMember.objects.filter(person__citizen_id_index__in=some, pk__in=visible)
            for member in members.select_related("person__home_organization"):
                self._members[member.person.citizen_id_index or ""] = member

    # For each row -------------------------------------------------------------------------------
    def home(self, text: str) -> PartyOrganization:
        found = self._homes.get(text, [])
        if not found:
            raise ValueError(
                f"没有名称或代码为“{text}”的党组织，或不在您的范围内" if text else "不能为空"
            )
        if len({one.pk for one in found}) > 1:
            raise ValueError(f"有多个党组织叫“{text}”，请填组织代码")
        return found[0]

    def meant(self, row: Mapping[str, str]) -> object:
        """What tells whom a row means: a member of the register, else a number, else nothing."""
        member = self.member(row)
        return member.pk if member else _digest(row.get("citizen_id") or "") or None

    def member(self, row: Mapping[str, str]) -> PartyMember | None:
        """By number, else the only one of that name and birth in the branch.

        A number that nobody has is that of a namesake whose own is not known yet.
        """
        number = row.get("citizen_id") or ""
        digest = _digest(number)
        if digest in self._members:
            return self._members[digest]
        if digest in self._persons:
            return None
        homes = {one.pk for one in self._homes.get(fold(row.get("home") or ""), [])}
        born = parse_date(row.get("born_on") or "").day
        if digest:
            born = born or identifiers.birth_date_of(identifiers.normalize_citizen_id(number))
        found = [
            person.party_member
            for person in self._people.get(fold(row.get("name") or ""), [])
            if person.home_organization_id in homes
            and person.born_on == born
            and hasattr(person, "party_member")
            and not (digest and person.citizen_id_index)
        ]
        return found[0] if len(found) == 1 else None

    def dress(self, member: Any) -> None:
        """Hang at the member what the sheet shows beside it."""
        work = self._work_of(member)
        member.front_line = "是" if member.person.job_class == JobClass.FRONT_LINE else ""
        member.training = member.completeness = ""
        member.is_lost = member.entry_on = None
        member.unit = str(work.enterprise) if work else ""
        member.department = work.department if work else ""
        member.post = work.post if work else ""
        member.on_post = work.is_on_post if work else None

    def _work_of(self, member: Any) -> Employment | None:
        if member.pk is None:
            return None
        if self._works is None:
            people = PartyMember.objects.visible_to(self.actor).values("person")
            works = Employment.objects.as_of(today()).filter(person__in=people)
            self._works = {
                one.person_id: one
                for one in works.select_related("enterprise").order_by("valid_from")
            }
        return self._works.get(member.person_id)

    def read_work(self, member: Any) -> None:
        """What a row says of the work of a known member, who works nowhere yet or already.

        A unit that is none of our enterprises is a position; a change of work is an act.
        """
        firm, member.new_work = self._firms.get(fold(member.unit)), None
        if firm is not None:
            member.unit = str(firm)
        if self._work_of(member) is not None:
            return
        if firm is not None:
            member.new_work = _work_at(firm, member)
            return
        if member.unit:
            member.person.position = _position(member)
        member.unit, member.department, member.post, member.on_post = "", "", "", None

    def _fault_of_work(self, member: Any) -> dict[str, ValidationError]:
        held = self._work_of(member)
        now = (member.unit, member.department, member.post, member.on_post)
        if held and now != (str(held.enterprise), held.department, held.post, held.is_on_post):
            told = "与登记的从业企业、部门或职务不同；变更请在党员页办理。"
            return {"unit": ValidationError(told)}
        return {}

    def faults(self, member: Any, home_before: int | None) -> dict[str, ValidationError]:
        """What is wrong with a row in view of the register and of the rows above.

        `home_before` is the branch of a member of the register, None for somebody new.
        """
        person, is_new = member.person, home_before is None
        digest = _digest(person.citizen_id or "")
        taken = self._persons.get(digest) if digest else None
        if is_new and taken is not None and hasattr(taken, "party_member"):
            return {"citizen_id": ValidationError("这个身份证号的党员已经登记，不重复登记。")}
        if not is_new and taken is not None and taken.pk != person.pk:
            return {"citizen_id": ValidationError("这个身份证号已经登记在另一人名下。")}
        if is_new and taken is not None and fold(taken.name) != fold(person.name):
            return {"name": ValidationError(persons.OTHER_NAME)}
        if is_new:
            return self._faults_of_home(member) or self._doubts(person, taken)
        if home_before != person.home_organization_id:
            return {"home": ValidationError("与登记的党支部不同；调整支部请在党员页办理。")}
        return self._fault_of_work(member)

    def _faults_of_home(self, member: Any) -> dict[str, ValidationError]:
        home, on = member.person.home_organization, member.entry_on or today()
        if on < member.accepted_on:
            return {"entry_on": ValidationError("转入日期不能早于入党时间。")}
        if told := fault_of_home(home.kind, home.nature):
            return {"home": ValidationError(told)}
        if home.established_on and on < home.established_on:
            told = f"{home}在 {home.established_on} 才成立，转入日期不能更早。"
            return {"entry_on": ValidationError(told)}
        if on > today():
            return {"entry_on": ValidationError("转入日期不能晚于今天。")}
        return {}

    def _doubts(self, person: Person, taken: Person | None) -> dict[str, ValidationError]:
        """Refuse who may be somebody of the register, or of a row above, entered again."""
        name = fold(person.name)
        for other in self._people.get(name, []):
            if other != taken and persons.may_be_one(person, other):
                told = persons.doubt_of(other)
                return {"name": ValidationError(f"{told}在“登记党员”页登记。")}
        rows = self._arrived.setdefault(name, [])
        if any(persons.may_be_one(person, other) for other in rows):
            return {"name": ValidationError("与上面的行同名同出生日期，请填写身份证号以区分。")}
        rows.append(person)
        return {}

    def arrival(self, member: Any) -> Arrival:
        """Somebody known by number who is no member yet is taken up."""
        known = self._persons.get(_digest(member.person.citizen_id or ""))
        kind = EntryKind.TRANSFERRED if member.entry_on else EntryKind.RECORDED
        firm = self._firms.get(fold(member.unit))
        if firm is None and member.unit:
            member.person.position = _position(member)
        work = _work_at(firm, member) if firm else None
        return Arrival(member, known, member.entry_on or today(), kind, work)


def _position(member: Any) -> str:
    return f"{member.unit}{member.post}"[:120]


def _work_at(firm: Enterprise, member: Any) -> Employment:
    return Employment(
        enterprise=firm,
        department=member.department,
        post=member.post,
        is_on_post=member.on_post is not False,
    )


def _digest(number: str) -> str:
    """Empty for what is no number; the row is then told why."""
    text = identifiers.normalize_citizen_id(number)
    return (Person.digest("citizen_id", text) or "") if text else ""
