"""Who covers an enterprise: begun, changed and ended as dated facts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from enterprises.covering import change_cover, cover_enterprise, end_cover
from enterprises.models import CoverageLink, Enterprise, FormationMode, OperatingStatus
from organizations.models import PartyOrganization
from tests.builders import cover, make_area, make_enterprise, make_organization

SPRING, SUMMER = date(2025, 3, 1), date(2025, 7, 1)
SINGLE, JOINT, HOSTED = FormationMode.SINGLE, FormationMode.JOINT, FormationMode.HOSTED


@pytest.fixture
def committee(db: None) -> PartyOrganization:
    return make_organization("中共江南县委两新工委", kind="work_committee")


@pytest.fixture
def branch(committee: PartyOrganization) -> PartyOrganization:
    return make_organization("茶业党支部", parent=committee)


@pytest.fixture
def firm(committee: PartyOrganization) -> Enterprise:
    return make_enterprise("茶业有限公司", county=make_area("江南县", committee=committee))


def neighbour(firm: Enterprise) -> Enterprise:
    return make_enterprise("竹器厂", county=firm.county)


def refused(act: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as problem:
        act()
    return problem.value.message_dict


def begin(
    firm: Enterprise, branch: PartyOrganization, mode: FormationMode = SINGLE, on: date = SPRING
) -> CoverageLink:
    return cover_enterprise(
        actor=None,
        enterprise=firm,
        organization=branch,
        mode=mode,
        on=on,
        document="江组〔2025〕3号",
        reason="新成立",
    )


def test_a_cover_keeps_its_day_document_and_reason(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    link = begin(firm, branch)
    assert (link.valid_from, link.valid_to) == (SPRING, None)
    entry = AuditEntry.objects.get(verb="coverage.link")
    assert entry.target_id == str(firm.pk)
    assert entry.after == {
        "党组织": "茶业党支部",
        "组建形式": "单独组建",
        "起始日期": "2025-03-01",
        "终止日期": None,
        "文号": "江组〔2025〕3号",
    }
    assert entry.scope_path == firm.county.committee.path


def test_a_change_ends_the_old_link_on_the_day_the_new_one_begins(
    firm: Enterprise, branch: PartyOrganization, committee: PartyOrganization
) -> None:
    joint = make_organization("联合党支部", parent=committee, kind="joint_branch")
    old = begin(firm, joint, JOINT)
    new = change_cover(
        actor=None, link=old, on=SUMMER, organization=branch, mode=SINGLE, reason="孵化"
    )
    old.refresh_from_db()
    assert (old.valid_to, old.end_reason, new.valid_from) == (SUMMER, "孵化", SUMMER)
    assert list(CoverageLink.objects.as_of(date(2025, 6, 30))) == [old]
    assert list(CoverageLink.objects.as_of(SUMMER)) == [new]


def test_an_ended_cover_no_longer_holds_from_that_day(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    link = begin(firm, branch)
    end_cover(actor=None, link=link, on=SUMMER, document="江组〔2025〕9号", reason="撤销")
    assert not CoverageLink.objects.as_of(SUMMER).exists()
    assert CoverageLink.objects.as_of(date(2025, 6, 30)).exists()


def test_an_end_before_the_start_is_refused_at_the_day(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    link = begin(firm, branch)
    assert refused(lambda: end_cover(actor=None, link=link, on=SPRING)) == {
        "on": ["终止日期应晚于起始日期 2025-03-01。"]
    }
    assert not CoverageLink.objects.exclude(valid_to=None).exists()


def test_what_has_ended_cannot_end_again(firm: Enterprise, branch: PartyOrganization) -> None:
    link = begin(firm, branch)
    end_cover(actor=None, link=link, on=SUMMER)
    assert refused(lambda: end_cover(actor=None, link=link, on=date(2025, 8, 1))) == {
        "on": ["该覆盖关系已于 2025-07-01 终止。"]
    }


def test_the_same_pair_does_not_overlap(firm: Enterprise, branch: PartyOrganization) -> None:
    begin(firm, branch, HOSTED)
    assert refused(lambda: begin(firm, branch, HOSTED, SUMMER)) == {
        "organization": ["“茶业党支部”自 2025-03-01 起已覆盖该企业。"]
    }


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"since": SUMMER}, "“新支部”2025-07-01 才成立，起始日期不能更早。"),
        ({"abolished_on": SPRING}, "“新支部”已于 2025-03-01 撤销，不能覆盖企业。"),
    ],
)
def test_an_organization_covers_only_while_it_exists(
    firm: Enterprise, committee: PartyOrganization, facts: dict[str, date], sentence: str
) -> None:
    body = make_organization("新支部", parent=committee, **facts)  # type: ignore[arg-type]
    assert refused(lambda: begin(firm, body)) == {"organization": [sentence]}


def test_a_firm_that_left_the_register_is_not_covered_anew(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    Enterprise.objects.filter(pk=firm.pk).update(operating_status=OperatingStatus.DEREGISTERED)
    assert "on" in refused(lambda: begin(firm, branch))


def test_an_own_branch_belongs_to_one_enterprise(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    begin(firm, branch)
    sentence = (
        "“茶业党支部”自 2025-03-01 起是“茶业有限公司”单独组建的党组织，不能再单独或联合组建。"
    )
    assert refused(lambda: begin(neighbour(firm), branch)) == {"organization": [sentence]}
    assert refused(lambda: begin(neighbour(firm), branch, JOINT)) == {"organization": [sentence]}
    begin(neighbour(firm), branch, HOSTED)


def test_an_enterprise_has_one_own_branch(
    firm: Enterprise, branch: PartyOrganization, committee: PartyOrganization
) -> None:
    begin(firm, branch)
    second = make_organization("第二支部", parent=committee)
    assert refused(lambda: begin(firm, second, SINGLE, SUMMER)) == {
        "mode": ["该企业自 2025-03-01 起已由“茶业党支部”单独组建，请先变更或终止。"]
    }


def test_a_joint_branch_is_nobodys_own(firm: Enterprise, committee: PartyOrganization) -> None:
    joint = make_organization("联合党支部", parent=committee, kind="joint_branch")
    assert refused(lambda: begin(firm, joint)) == {
        "mode": ["“联合党支部”是联合党支部，不能作为单独组建。"]
    }


def test_a_change_that_changes_nothing_is_refused(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    link = begin(firm, branch)
    assert refused(lambda: change_cover(actor=None, link=link, on=SUMMER)) == {
        "organization": ["党组织和组建形式都没有改变。"]
    }


def test_the_database_keeps_an_own_branch_to_one_enterprise(
    firm: Enterprise, branch: PartyOrganization
) -> None:
    cover(firm, branch)
    with pytest.raises(IntegrityError), transaction.atomic():
        cover(neighbour(firm), branch)
