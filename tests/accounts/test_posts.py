"""Posts: given by a superior within the own rights, one used at a time, lent, handed over."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from accounts import roles, services
from accounts.models import Handover, ScopeGrant, User
from core import drafts, jobs
from core.dates import today
from core.models import AuditEntry, Job, Message, MessageKind
from core.notices import notify
from enterprises.models import Enterprise
from organizations.models import PartyOrganization
from tests.accounts.test_users import desk
from tests.builders import make_user
from tests.world import EAST, PARK, WEST, World


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def sees(user: User) -> set[Enterprise]:
    return set(Enterprise.objects.visible_to(user))


def give(actor: User, user: User, role: str, at: PartyOrganization, **more: Any) -> ScopeGrant:
    return services.grant_role(
        actor=actor, user=user, role=role, organization=at, since=today(), **more
    )


# By a superior -----------------------------------------------------------------------------------


def test_a_superior_gives_posts_below_the_own_one(world: World) -> None:
    give(world.clerk, make_user("钱七"), "organizer", world.east_committee)
    give(world.east_officer, make_user("钱八"), "branch_secretary", world.joint_branch)


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("clerk", "county_clerk", "county_committee"),  # no more than an equal
        ("clerk", "business_administrator", "county_committee"),
        ("clerk", "organizer", "foreign_committee"),  # outside
        ("east_officer", "organizer", "east_committee"),
        ("east_officer", "branch_secretary", "own_branch"),
        ("leader", "branch_secretary", "own_branch"),  # reads only
        ("system_administrator", "organizer", "east_committee"),
    ],
)
def test_nobody_gives_more_than_he_has(world: World, who: str, role: str, place: str) -> None:
    with pytest.raises(ValidationError, match="只能在本人任职的范围内"):
        give(getattr(world, who), make_user("钱七"), role, getattr(world, place))


def test_a_superior_ends_what_he_might_give(world: World) -> None:
    grant = world.secretary.grants.get()
    with pytest.raises(ValidationError, match="只能终止"):
        services.end_grant(actor=world.east_officer, grant=grant, on=today(), reason="换届")

    services.end_grant(actor=world.park_officer, grant=grant, on=today(), reason="换届")

    assert fresh(world.secretary).scope.is_empty


def test_the_page_takes_an_exact_account_name(world: World) -> None:
    user, page = make_user("钱七"), desk(world.east_officer)
    fields = {
        "role": "branch_secretary",
        "organization": world.joint_branch.pk,
        "since": "2026-01-01",
    }

    assert (
        "没有这个账号" in page.post("/users/appoint", fields | {"username": "q"}).content.decode()
    )
    assert page.post("/users/appoint", fields | {"username": user.username}).status_code == 302
    assert fresh(user).grants.get().granted_by == world.east_officer


def test_the_page_offers_neither_foreign_places_nor_higher_roles(world: World) -> None:
    page = desk(world.east_officer).get("/users/appoint").content.decode()

    assert EAST in page
    assert WEST not in page
    assert "县级经办" not in page
    fields = {"username": make_user("钱七").username, "since": "2026-01-01"}
    forged = fields | {"role": "leader", "organization": world.west_committee.pk}
    assert desk(world.east_officer).post("/users/appoint", forged).status_code == 200
    assert not ScopeGrant.objects.filter(organization=world.west_committee, role="leader").exists()


def test_the_same_post_is_not_given_twice(world: World) -> None:
    with pytest.raises(ValidationError, match="同样的任职"):
        give(world.clerk, world.east_officer, "organizer", world.east_committee)


def test_a_post_ended_on_its_first_day_never_was(world: World) -> None:
    grant = give(world.clerk, make_user("钱七"), "organizer", world.east_committee)

    services.end_grant(actor=world.clerk, grant=grant, on=today(), reason="误授")

    assert fresh(grant.user).scope.is_empty


# One post at a time ------------------------------------------------------------------------------


@pytest.fixture
def two_posts(world: World) -> User:
    ScopeGrant.objects.create(
        user=world.east_officer,
        role="leader",
        organization=world.west_committee,
        valid_from=date(2026, 1, 1),
    )
    return fresh(world.east_officer)


def use(client: Client, grant: ScopeGrant | None) -> None:
    client.post("/account/identity", {"identity": grant.identity if grant else ""})


def test_all_own_posts_together_until_one_is_chosen(world: World, two_posts: User) -> None:
    client, west = desk(two_posts), two_posts.grants.get(role="leader")
    url = f"/enterprises/{world.joint.pk}"

    assert client.get(url).status_code == 200
    use(client, west)
    assert client.get(url).status_code == 404
    assert client.get(f"/enterprises/{world.uncovered.pk}").status_code == 200
    use(client, None)
    assert client.get(url).status_code == 200


def test_the_rights_of_the_other_post_rest_meanwhile(world: World, two_posts: User) -> None:
    client = desk(two_posts)
    assert client.get("/imports/").status_code == 200

    use(client, two_posts.grants.get(role="leader"))

    assert client.get("/imports/").status_code == 403


def test_the_choice_stands_at_the_top_and_in_no_page_of_others(
    world: World, two_posts: User
) -> None:
    assert "切换身份" in desk(two_posts).get("/").content.decode()
    assert "切换身份" not in desk(world.west_officer).get("/").content.decode()


def test_a_foreign_post_is_not_to_be_chosen(world: World, two_posts: User) -> None:
    client = desk(two_posts)

    use(client, world.clerk.grants.get())

    assert client.get(f"/enterprises/{world.own.pk}").status_code == 404
    assert client.get(f"/enterprises/{world.joint.pk}").status_code == 200


def test_a_job_runs_with_the_post_it_was_asked_for_with(world: World, two_posts: User) -> None:
    seen: list[set[Enterprise]] = []
    jobs.register("test.sees", "看", "short", run=lambda run: seen.append(sees(run.job.owner)))
    two_posts.assume(two_posts.grants.get(role="leader").identity)
    job = jobs.submit("test.sees", owner=two_posts)

    jobs.run_now(Job.objects.get(pk=job.pk))

    assert seen == [{world.uncovered}]


def test_a_post_that_runs_out_ends_the_session(world: World, two_posts: User) -> None:
    client = desk(two_posts)
    client.get("/")
    two_posts.grants.filter(role="leader").update(valid_to=today())

    answer = client.get("/messages")

    assert answer["Location"] == "/login?next=/messages&ended=posts"
    assert "您的任职已变动" in client.get(answer["Location"]).content.decode()


# Lent to a deputy --------------------------------------------------------------------------------


def lend(world: World, **changes: Any) -> ScopeGrant:
    said = {
        "actor": world.park_officer,
        "source": world.park_officer.grants.get(),
        "deputy": world.east_officer,
        "role": "organizer",
        "organization": world.park_committee,
        "since": today(),
        "until": today() + timedelta(days=10),
        "reason": "休假",
    }
    return services.delegate(**said | changes)  # type: ignore[arg-type]


def test_a_deputy_acts_after_switching_and_the_log_says_for_whom(world: World) -> None:
    grant = lend(world)
    client, url = desk(world.east_officer), f"/enterprises/{world.own.pk}"

    assert client.get(url).status_code == 404
    use(client, grant)
    assert f"代 周{PARK} 办理" in client.get("/").content.decode()
    assert client.get(url).status_code == 200
    assert client.get(f"/enterprises/{world.joint.pk}").status_code == 404
    deputy = fresh(world.east_officer)
    deputy.assume(grant.identity)
    services.unlock(actor=deputy, user=world.secretary)
    entry = AuditEntry.objects.order_by("id").last()
    assert entry is not None
    assert entry.actor_name == f"陈{EAST}（代 周{PARK} 办理）"
    assert entry.actor_id == world.east_officer.pk


def test_a_deputy_of_an_instructor_sees_his_enterprises(world: World) -> None:
    grant = lend(
        world,
        actor=world.guide,
        source=world.guide.grants.get(),
        role="instructor",
        organization=world.west_committee,
    )
    deputy = fresh(world.east_officer)
    deputy.assume(grant.identity)

    assert sees(deputy) == {world.uncovered}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": "county_clerk"}, "只能委托本人的任职"),
        ({"organization": "county_committee"}, "只能委托本人的任职"),
        ({"deputy": "outsider"}, "没有这个账号，或其在本县没有任职"),
        ({"deputy": "system_administrator"}, "没有这个账号，或其在本县没有任职"),
        ({"deputy": "park_officer"}, "不能委托给本人"),
        ({"since": -1}, "不能早于今天"),
        ({"until": 0}, "应晚于起始日期"),
        ({"until": 181}, "最长 180 天"),
    ],
)
def test_what_cannot_be_lent(world: World, changes: dict[str, Any], sentence: str) -> None:
    said = {
        name: today() + timedelta(days=value)
        if isinstance(value, int)
        else getattr(world, value, value)
        for name, value in changes.items()
    }

    with pytest.raises(ValidationError, match=sentence):
        lend(world, **said)


def test_a_part_may_be_lent_but_nothing_passed_on(world: World) -> None:
    grant = lend(world, role="leader", organization=world.own_branch)

    assert roles.permissions(grant.role) < roles.permissions("organizer")
    with pytest.raises(ValidationError, match="不能再委托"):
        lend(world, actor=world.east_officer, source=grant, deputy=world.west_officer)


def test_what_is_lent_ends_with_the_post_it_came_from(world: World) -> None:
    grant = lend(world)
    world.park_officer.grants.filter(pk=grant.source_id).update(valid_to=today())

    assert grant not in fresh(world.east_officer).posts_in_force


def test_a_loan_taken_back_is_felt_at_once(world: World) -> None:
    grant = lend(world)
    theirs = desk(world.east_officer)
    use(theirs, grant)

    desk(world.park_officer).post(f"/account/delegations/{grant.pk}/revoke")

    assert theirs.get("/").status_code == 302
    assert grant not in fresh(world.east_officer).posts_in_force
    assert AuditEntry.objects.filter(verb="grant.revoke").count() == 1


def test_a_loan_shows_on_both_pages_and_is_told(world: World) -> None:
    lend(world)

    assert "代办" in desk(world.park_officer).get("/account").content.decode()
    assert f"代 周{PARK} 办理" in desk(world.east_officer).get("/account").content.decode()
    assert Message.objects.get(recipient=world.east_officer).title.startswith(
        f"周{PARK} 委托您代办"
    )


def test_the_form_lends_the_whole_post_unless_told_otherwise(world: World) -> None:
    fields = {
        "source": world.park_officer.grants.get().pk,
        "deputy": world.east_officer.username,
        "since": today().isoformat(),
        "until": (today() + timedelta(days=3)).isoformat(),
        "reason": "出差",
    }
    client = desk(world.park_officer)

    assert (
        "没有这个账号"
        in client.post(
            "/account/delegations", fields | {"deputy": world.outsider.username}
        ).content.decode()
    )
    assert client.post("/account/delegations", fields).status_code == 302
    grant = world.east_officer.grants.get(source__isnull=False)
    assert (grant.role, grant.organization) == ("organizer", world.park_committee)


def test_the_database_refuses_a_loan_without_end(world: World) -> None:
    grant = lend(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        ScopeGrant.objects.filter(pk=grant.pk).update(valid_to=None)


# Handed over -------------------------------------------------------------------------------------


def open_work(user: User) -> Job:
    """A job, a draft and something waiting."""
    drafts.save(user, "enterprise-change", payload={"name": "新名"}, version=0)
    notify([user], kind=MessageKind.ACTION, title="待复核名单", url="/imports/", key="w")
    return jobs.submit("core.list_bulk", owner=user, title="批量分派")


def test_everything_open_and_the_posts_go_to_the_successor(world: World) -> None:
    job, successor = open_work(world.east_officer), make_user("钱七")
    theirs = desk(world.east_officer)

    answer = desk(world.security_administrator).post(
        f"/users/{world.east_officer.pk}/handover",
        {"successor": successor.username, "reason": "调离"},
    )

    done = Handover.objects.get()
    assert answer["Location"] == f"/handovers/{done.pk}"
    assert {item["what"]: len(item["titles"]) for item in done.items} == {
        "任职": 1,
        "进行中的任务": 1,
        "未提交的草稿": 1,
        "待办事项": 1,
    } | {item["what"]: 0 for item in done.items[4:]}
    job.refresh_from_db()
    assert job.owner_id == successor.pk
    assert sees(fresh(successor)) == {world.joint, world.joint_too}
    assert fresh(world.east_officer).scope.is_empty
    assert theirs.get("/").status_code == 302
    assert Message.objects.filter(recipient=successor, dedupe_key="w", read_at=None).exists()


def test_an_administrator_reads_numbers_the_two_read_titles(world: World) -> None:
    open_work(world.east_officer)
    successor = make_user("钱七")
    admin = desk(world.security_administrator)
    url = f"/users/{world.east_officer.pk}/handover"

    assert "批量分派" not in admin.get(url).content.decode()
    done = admin.post(url, {"successor": successor.username, "reason": "调离"})["Location"]
    assert "批量分派" not in admin.get(done).content.decode()
    assert "批量分派" in desk(fresh(successor)).get(done).content.decode()
    assert desk(world.west_officer).get(done).status_code == 404


def test_ones_own_open_work_goes_without_the_posts(world: World) -> None:
    open_work(world.east_officer)
    fields = {"successor": world.west_officer.username, "reason": "休假"}

    page = desk(world.east_officer).get("/account/handover").content.decode()
    desk(world.east_officer).post("/account/handover", fields)

    assert "批量分派" in page
    assert not fresh(world.east_officer).scope.is_empty
    assert Job.objects.get(title="批量分派").owner_id == world.west_officer.pk


@pytest.mark.parametrize("who", ["east_officer", "system_administrator", "nobody"])
def test_not_everybody_can_take_over(world: World, who: str) -> None:
    name = getattr(world, who).username if who != "nobody" else "nobody"
    page = desk(world.east_officer).post("/account/handover", {"successor": name, "reason": "休假"})

    assert "不能" in page.content.decode()
    assert not Handover.objects.exists()


# Looking and importing ---------------------------------------------------------------------------


def test_a_preview_tells_numbers_and_no_names(world: World) -> None:
    page = (
        desk(world.security_administrator)
        .get(f"/users/{world.east_officer.pk}/preview")
        .content.decode()
    )

    assert "导入普查名单" in page
    assert world.joint.name not in page


def test_every_permission_has_words() -> None:
    named = set().union(*(role.permissions for role in roles.ROLES))

    assert named == set(roles.LABELS)


def upload(client: Client, key: str, *lines: str) -> str:
    file = SimpleUploadedFile("名单.csv", "\n".join(lines).encode("utf-8-sig"))
    answer = client.post(f"/sheets/{key}", {"file": file})
    return client.get(answer["Location"]).content.decode()


def test_accounts_come_from_a_sheet_and_passwords_on_slips(world: World) -> None:
    client = desk(world.system_administrator)
    page = upload(
        client, "users", "账号,姓名", "Qian-7,钱七", "钱八,钱八", f"{world.clerk.username},王县办"
    )

    assert "“钱八”应由字母、数字、短横线组成" in page
    assert "写入 1 行" in page
    client.post("/sheets/users/write")
    made = User.objects.get(username="qian-7")
    assert made.full_name == "钱七"

    slips = client.post("/users/passwords", {"pk": made.pk}).content.decode()
    word = slips.split("<code>")[1].split("</code>")[0]
    made.refresh_from_db()
    assert made.check_password(word)


def test_posts_come_from_a_sheet_within_the_rights_of_who_uploads(world: World) -> None:
    first, second = make_user("钱七"), make_user("钱八")
    rows = (
        "账号,角色,党组织代码",
        f"{first.username},党支部书记,{world.joint_branch.code}",
        f"{second.username},党支部书记,{world.own_branch.code}",
        f"{second.username},乡镇园区组织员,{world.east_committee.code}",
        f"nobody,党支部书记,{world.joint_branch.code}",
    )
    client = desk(world.east_officer)

    page = upload(client, "posts", *rows)
    client.post("/sheets/posts/write")

    assert "不在您的范围内" in page
    assert "没有账号“nobody”" in page
    assert fresh(first).grants.get().organization == world.joint_branch
    assert not fresh(second).grants.exists()


def test_the_template_of_posts_holds_the_own_ones_only(world: World) -> None:
    answer = desk(world.east_officer).get("/sheets/posts/template?filled=1")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    shown = str([[cell.value for cell in row] for row in book.worksheets[0].iter_rows()])

    assert world.east_officer.username in shown
    assert world.west_officer.username not in shown
