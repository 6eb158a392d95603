"""Closing, merging and splitting as a clerk handles them: nothing is left without a home."""

from datetime import date

from enterprises.models import Enterprise
from organizations.models import ChangeKind, OrganizationChange, PartyOrganization
from tests.builders import make_organization
from tests.organizations.test_cases import PAPERS, case, done, looked_at, words
from tests.organizations.test_pages import desk, shown
from tests.world import EAST, World

DAY_AFTER = date(2026, 5, 2)


def row_of(page: str, firm: Enterprise) -> str:
    """The name of the box for that firm alone."""
    keys = (f"-{firm.pk}", f"-{firm.coverage_links.get().pk}")
    boxes = (part.split('"')[0] for part in page.split('name="row-')[1:])
    return "row-" + next(box for box in boxes if box.endswith(keys))


def test_closing_waits_until_every_firm_has_a_new_home(world: World) -> None:
    client, url = desk(world.clerk), case(world.joint_branch, "abolish")

    page = looked_at(client, url, PAPERS)

    assert "尚无去向" in page
    assert world.joint.name in page
    assert "确认办理" not in page


def test_all_firms_of_a_closing_branch_are_rehomed_at_once(world: World) -> None:
    home = make_organization(f"{EAST}第二联合党支部", parent=world.east_committee)

    receipt = done(
        desk(world.clerk),
        case(world.joint_branch, "abolish"),
        PAPERS | {"all": words(home)},
    )

    assert f"2 项转入 {home.name}" in receipt
    assert {
        link.organization
        for firm in (world.joint, world.joint_too)
        for link in firm.coverage_links.as_of(DAY_AFTER)
    } == {home}
    world.joint_branch.refresh_from_db()
    assert world.joint_branch.abolished_on == date(2026, 5, 1)


def test_one_firm_may_go_elsewhere_than_the_others(world: World) -> None:
    home = make_organization(f"{EAST}第二联合党支部", parent=world.east_committee)
    other = make_organization(f"{EAST}第三联合党支部", parent=world.east_committee)
    client, url = desk(world.clerk), case(world.joint_branch, "abolish")
    row = row_of(shown(client, url), world.joint)

    done(client, url, PAPERS | {"all": words(home), row: words(other)})

    assert world.joint.coverage_links.as_of(DAY_AFTER).get().organization == other
    assert world.joint_too.coverage_links.as_of(DAY_AFTER).get().organization == home


def test_a_branch_takes_another_one_in(world: World) -> None:
    other = make_organization(f"{EAST}商会党支部", parent=world.east_committee)

    receipt = done(
        desk(world.clerk),
        case(other, "merge"),
        PAPERS | {"outcome": "here", "partners": [words(world.joint_branch)]},
    )

    assert f"转入 {other.name}" in receipt
    world.joint_branch.refresh_from_db()
    assert world.joint_branch.abolished_on == date(2026, 5, 1)
    assert OrganizationChange.objects.get().kind == ChangeKind.MERGE


def test_two_branches_merge_into_a_new_one(world: World) -> None:
    other = make_organization(f"{EAST}商会党支部", parent=world.east_committee)

    done(
        desk(world.clerk),
        case(other, "merge"),
        PAPERS
        | {
            "outcome": "new",
            "partners": [words(world.joint_branch)],
            "code": "N9",
            "name": f"{EAST}商圈党支部",
            "kind": "joint_branch",
        },
    )

    made = PartyOrganization.objects.get(code="N9")
    assert made.path.startswith(world.east_committee.path)
    assert world.joint.coverage_links.as_of(DAY_AFTER).get().organization == made


def test_a_split_gives_one_firm_to_the_new_branch(world: World) -> None:
    client, url = desk(world.clerk), case(world.joint_branch, "split")
    said = PAPERS | {
        "keep": "on",
        "code_0": "N5",
        "name_0": f"{EAST}竹器厂党支部",
        "kind_0": "branch",
    }
    said |= {f"kind_{n}": "branch" for n in range(1, 4)}
    page = looked_at(client, url, said)
    assert "留在本组织" in page
    row = row_of(page, world.joint_too)

    done(client, url, said | {row: "0"})

    made = PartyOrganization.objects.get(code="N5")
    assert world.joint_too.coverage_links.as_of(DAY_AFTER).get().organization == made
    assert world.joint.coverage_links.as_of(DAY_AFTER).get().organization == world.joint_branch
