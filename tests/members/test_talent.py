"""Secretaries by channel, trained or not; the talent pool; organizers due against actual."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.dates import today
from core.models import AuditEntry
from members import posts
from members.models import (
    Instructor,
    LeadershipPost,
    ParkOrganizer,
    TalentEntry,
    TalentPlacement,
    Training,
)
from members.talent import services
from members.talent.figures import park_lines, source_lines
from tests.builders import assign, make_full_member, make_organization, make_person
from tests.members.paying import make_payer, month, pay
from tests.members.test_members import refusal
from tests.members.test_posts import SINCE, appoint, desk
from tests.world import EAST, PARK, WEST, World


def pooled(world: World, name: str = f"{EAST}才") -> TalentEntry:
    return services.enter_talent(
        actor=None,
        person=make_person(name, home=world.east_committee),
        background="retired",
        entered_on=date(2024, 1, 1),
    )


def trained(world: World, *people: Any, day: date | None = None) -> Training:
    day = day or date(today().year, 1, 5)
    training = services.hold_training(
        actor=None,
        organization=world.east_committee,
        name=f"{EAST}书记培训班",
        level="township",
        audience="secretaries",
        starts_on=day,
        ends_on=day,
        hours=Decimal(8),
    )
    services.attend(actor=None, training=training, people=people)
    return training


def test_sources_are_counted_by_unit_and_in_all(world: World) -> None:
    appoint(world.joint_branch, f"{EAST}甲", source="owner", engagement="full_time")
    appoint(world.east_committee, f"{EAST}乙", source="sent")
    appoint(world.own_branch, f"{PARK}丙", source="owner")
    found = {line.unit: line for line in source_lines(world.clerk, today())}
    assert list(found) == [f"{PARK}园区综合党委", f"{EAST}镇党委", "合计"]
    east, total = found[f"{EAST}镇党委"], found["合计"]
    assert [f"{count} {share.percent_text}" for count, share in east.rates] == [
        "1 50.0%",
        "0 0.0%",
        "1 50.0%",
        "0 0.0%",
    ]
    assert (total.total, total.sources["owner"], total.full_time) == (3, 2, 1)
    assert source_lines(world.clerk, SINCE - timedelta(days=1))[0].total == 0
    page = desk(world.clerk).get("/posts/sources").content.decode()
    assert f"{EAST}镇党委" in page


def test_former_secretaries_stay_in_the_history(world: World) -> None:
    first = appoint(world.joint_branch, f"{EAST}甲")
    posts.change_secretary(
        actor=world.east_officer,
        organization=world.joint_branch,
        person=make_person(f"{EAST}乙", home=world.joint_branch),
        on=today(),
        source="sent",
    )
    client, cell = desk(world.east_officer), 'href="/posts/{}"'
    page = client.get("/posts/secretaries?present=false").content.decode()
    present = LeadershipPost.objects.as_of(today()).get(organization=world.joint_branch)
    assert cell.format(first.pk) in page
    assert cell.format(present.pk) not in page
    assert cell.format(present.pk) in client.get("/posts/secretaries").content.decode()


def test_who_leads_is_trained_every_year(world: World) -> None:
    here, other = (
        appoint(world.joint_branch, f"{EAST}甲"),
        appoint(world.east_committee, f"{EAST}乙"),
    )
    trained(world, other.person, day=date(today().year - 1, 6, 1))
    trained(world, here.person)
    client = desk(world.east_officer)
    page = client.get("/posts/training?trained=false").content.decode()
    assert other.person.name in page
    assert here.person.name not in page


def test_all_secretaries_of_the_scope_are_entered_at_once(world: World) -> None:
    appoint(world.joint_branch, f"{EAST}甲")
    appoint(world.own_branch, f"{PARK}乙")
    training = trained(world)
    url = f"/trainings/{training.pk}"
    told = desk(world.east_officer).post(f"{url}/attend", {}).context["form"].errors
    assert told == {"people": ["请选择参加人员，或勾选全部党员、全部在任书记。"]}
    desk(world.east_officer).post(f"{url}/attend", {"everybody": "on"})
    desk(world.east_officer).post(f"{url}/attend", {"everybody": "on"})
    assert [one.person.name for one in training.attendances.all()] == [f"{EAST}甲"]
    assert training.attendances.get().hours == 8
    assert desk(world.west_officer).get(url).status_code == 404


def test_hours_follow_the_class_unless_somebody_has_others(world: World) -> None:
    payer = make_payer(world.joint_branch, f"{EAST}甲").person
    other = make_person(f"{EAST}乙", home=world.joint_branch)
    training = trained(world, payer)
    services.attend(actor=None, training=training, people=[other], hours=Decimal(4))
    services.change_training(actor=None, training=training, hours=Decimal(16))
    assert [one.hours for one in training.attendances.order_by("pk")] == [16, 4]
    client, row = desk(world.east_officer), training.attendances.get(person=other)
    facts = {"hours": "6.5", "certificate": "东字1号"}
    assert client.post(f"/trainings/people/{row.pk}", facts).status_code == 302
    told = client.post(f"/trainings/people/{row.pk}", {"hours": "0"}).context["form"].errors
    assert told == {"hours": ["学时应大于零。"]}
    assert training.attendances.get(person=other).hours == Decimal("6.5")
    assert desk(world.west_officer).get(f"/trainings/people/{row.pk}/drop").status_code == 404
    client.post(f"/trainings/people/{row.pk}/drop", {"reason": "登记错了人"})
    assert [one.person for one in training.attendances.all()] == [payer]
    assert AuditEntry.objects.get(verb="training.leave_out").reason == "登记错了人"


def test_a_branch_enters_all_its_members_at_once(world: World) -> None:
    payer = make_payer(world.joint_branch, f"{EAST}甲").person
    make_payer(world.own_branch, f"{PARK}乙")
    training = trained(world)
    Training.objects.update(organization=world.joint_branch)
    given = {"members": "on", "hours": "2"}
    desk(world.east_officer).post(f"/trainings/{training.pk}/attend", given)
    assert [(one.person, one.hours) for one in training.attendances.all()] == [(payer, 2)]


def test_a_class_ends_after_it_began(world: World) -> None:
    facts = {
        "name": f"{EAST}班",
        "organization": f"{world.east_committee.name}（{world.east_committee.code}）",
        "level": "township",
        "audience": "members",
        "starts_on": "2025-05-02",
        "ends_on": "2025-05-01",
        "hours": "8",
    }
    page = desk(world.east_officer).post("/trainings/new", facts)
    assert page.context["form"].errors == {"ends_on": ["结业日期不能早于开班日期"]}


def test_nobody_is_placed_twice_at_a_time(world: World) -> None:
    entry = pooled(world)
    place: dict[str, Any] = {"actor": None, "entry": entry, "organization": world.joint_branch}
    services.place_talent(**place, role="worker", on=date(2025, 1, 1))
    told = refusal(lambda: services.place_talent(**place, role="deputy", on=date(2025, 6, 1)))
    assert told == {"on": ["此人在该时段已安排岗位"]}
    leave: dict[str, Any] = {"actor": None, "entry": entry, "reason": "调整"}
    assert "请先结束安排" in refusal(lambda: services.leave_pool(**leave, on=today()))[""][0]
    services.withdraw_talent(**leave, on=date(2025, 6, 1))
    services.place_talent(**place, role="deputy", on=date(2025, 6, 1))
    assert TalentPlacement.objects.as_of(today()).get().role == "deputy"
    verbs = AuditEntry.objects.filter(verb__startswith="talent.").values_list("verb", flat=True)
    assert set(verbs) == {"talent.enter", "talent.place", "talent.withdraw"}


def test_a_certificate_has_a_day(world: World) -> None:
    entry = pooled(world)
    told = refusal(lambda: services.change_talent(actor=None, entry=entry, certificate="党务资格"))
    assert told == {"certified_on": ["资格证书的名称和发证日期应同时填写"]}


def test_the_pool_tells_who_is_free(world: World) -> None:
    placed, free = pooled(world), pooled(world, f"{EAST}闲")
    services.place_talent(
        actor=None, entry=placed, organization=world.joint_branch, role="worker", on=today()
    )
    leads, guides, organizes = (pooled(world, f"{EAST}{word}") for word in ("书", "导", "组"))
    posts.appoint(
        actor=None,
        organization=world.joint_branch,
        person=leads.person,
        kind="deputy",
        on=today(),
    )
    make_full_member(guides.person)
    guide = Instructor.objects.create(person=guides.person, home_unit=EAST, engagement="part_time")
    assign(guide, world.joint)
    ParkOrganizer.objects.create(
        person=organizes.person, area=world.park, valid_from=today(), engagement="part_time"
    )
    client = desk(world.clerk)
    page = client.get("/talents/?present=true&placed=false").content.decode()
    assert free.person.name in page
    for one in (placed, leads, guides, organizes):
        assert one.person.name not in page
    page = client.get("/talents/?placed=true").content.decode()
    assert all(word in page for word in ("副书记", "党建指导员（1 家企业）", f"{world.park}组织员"))
    assert "党建指导员（1 家企业）" in client.get(f"/talents/{guides.pk}").content.decode()
    assert desk(world.west_officer).get(f"/talents/{free.pk}").status_code == 404


def test_a_park_of_two_hundred_members_is_due_two_organizers(world: World) -> None:
    make_payer(world.own_branch, f"{PARK}甲", base=None)
    (line,) = park_lines(world.park_officer, today())
    assert (line.members, line.due, line.actual, line.missing) == (1, 1, 0, 1)
    organizer = services.appoint_organizer(
        actor=None,
        area=world.park,
        person=make_person(f"{PARK}员", home=world.park_committee),
        on=date(2025, 1, 1),
        engagement="full_time",
    )
    (line,) = park_lines(world.park_officer, today())
    assert (line.missing, line.full_time.percent_text) == (0, "100.0%")
    assert f"{PARK}员" in desk(world.park_officer).get("/parks/organizers").content.decode()
    services.relieve_organizer(actor=None, organizer=organizer, on=today(), reason="调整")
    assert not ParkOrganizer.objects.as_of(today()).exists()


def test_organizers_belong_to_parks(world: World) -> None:
    page = desk(world.secretary).get("/parks/organizers").content.decode()
    assert "配备组织员" not in page  # no park in reach
    person = make_person(f"{WEST}员", home=world.west_committee)
    told = refusal(
        lambda: services.appoint_organizer(
            actor=None, area=world.west, person=person, on=today(), engagement="part_time"
        )
    )
    assert told == {"area": ["组织员配备到园区，请选择园区。"]}


def test_lists_of_many_take_no_more_queries(world: World) -> None:
    urls = (
        "/dues/",
        "/dues/late",
        "/talents/",
        "/trainings/",
        "/posts/secretaries",
        "/parks/organizers",
    )
    client, counts = desk(world.clerk), []
    for number in range(1, 4):
        home = make_organization(f"{EAST}{number}支部", parent=world.east_committee)
        silent = make_payer(home, f"{EAST}员{number}")
        pay(home, silent, {month(8): "50"})
        trained(world, appoint(home, f"{EAST}{number}").person, day=date(2025, 5, number))
        services.place_talent(
            actor=None,
            entry=pooled(world, f"{EAST}才{number}"),
            organization=home,
            role="worker",
            on=today(),
        )
        if number in {1, 3}:
            for url in urls:
                client.get(url)
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(url).status_code == 200
                counts.append(len(queries))
    assert counts[: len(urls)] == counts[len(urls) :]
