"""Accounts and posts in bulk, and what a post opens, in numbers."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts import roles
from accounts.models import User
from tests.accounts.test_posts import fresh
from tests.accounts.test_users import desk
from tests.builders import make_user
from tests.world import World

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

    page = upload(client, "grants", *rows)
    client.post("/sheets/grants/write")

    assert "不在您的范围内" in page
    assert "没有账号“nobody”" in page
    assert fresh(first).grants.get().organization == world.joint_branch
    assert not fresh(second).grants.exists()


def test_the_template_of_posts_holds_the_own_ones_only(world: World) -> None:
    answer = desk(world.east_officer).get("/sheets/grants/template?filled=1")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    shown = str([[cell.value for cell in row] for row in book.worksheets[0].iter_rows()])

    assert world.east_officer.username in shown
    assert world.west_officer.username not in shown
