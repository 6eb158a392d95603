"""Which passwords are accepted, under each profile, and who must choose a new one when."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import passwords, services
from accounts.models import User
from tests.builders import PASSWORD, make_user

ANYBODY = User(username="wangmin", full_name="王敏")
GOOD, BAD = True, False


def verdict(password: str, user: User = ANYBODY) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return BAD
    return GOOD


@pytest.mark.parametrize(
    ("password", "dengbao", "asvs"),
    [
        ("Shan-shui 2026", GOOD, BAD),  # 14 characters
        ("Shan-shui 20266", GOOD, GOOD),
        ("Shanshui20", GOOD, BAD),
        ("Shanshui2", BAD, BAD),  # 9 characters
        ("shanshuihuahua", BAD, BAD),  # one class
        ("shanshuihuahuaa", BAD, GOOD),
        ("shanshui2026", BAD, BAD),  # two classes
        ("SHANSHUI2026", BAD, BAD),
        ("Shanshuihuahua", BAD, BAD),
        ("青山绿水Aa", BAD, BAD),  # 6 characters
        ("青山绿水青山绿水Aa", GOOD, BAD),
        ("青山绿水青山绿水Aa青山绿水", GOOD, BAD),
        ("汉" * 64, BAD, GOOD),
        ("汉" * 62 + "Aa", GOOD, GOOD),
        ("Aa1" + "汉" * 125, GOOD, GOOD),  # 128
        ("Aa1" + "汉" * 126, BAD, BAD),  # 129
        ("Aa   bb   cc", GOOD, BAD),
        ("Aa1 bb cc dd", GOOD, BAD),
        ("Dangjian2026", BAD, BAD),
        ("DangJian@2026", BAD, BAD),
        ("dangjian-2026-2026", BAD, BAD),
        ("Gcd19210701", BAD, BAD),
        ("Admin888..", BAD, BAD),
        ("Huaining2026", BAD, BAD),
        ("Zhibushuji1!", BAD, BAD),
        ("WeiRenMinFuWu2026", BAD, BAD),
        ("Buwangchuxin1", BAD, BAD),
        ("P@ssw0rd2026", BAD, BAD),
        ("Password123", BAD, BAD),
        ("Qwertyuiop1", BAD, BAD),
        ("Wangmin2026!", BAD, BAD),  # account name
        ("WangMin-2026-2026", BAD, BAD),
        ("王敏Shan2026", BAD, BAD),
        ("Ａａ１２３４５６７８９", BAD, BAD),  # full width is no disguise
        ("", BAD, BAD),
    ],
)
def test_a_password_is_judged(settings: Any, password: str, dengbao: bool, asvs: bool) -> None:
    settings.PASSWORD_PROFILE = "dengbao"
    assert verdict(password) is dengbao
    settings.PASSWORD_PROFILE = "asvs"
    assert verdict(password) is asvs


@pytest.mark.parametrize("word", sorted(passwords.well_known()))
def test_no_word_of_the_trade_passes_with_a_year_behind_it(word: str) -> None:
    assert not verdict(word)
    assert not verdict(f"{word.capitalize()}2026!")


def test_a_one_time_password_meets_its_own_profile_and_differs_each_time() -> None:
    words = {passwords.make_temporary() for _ in range(200)}

    assert len(words) == 200
    assert all(verdict(word) for word in words)
    assert not any(letter in word for word in words for letter in "0O1lI")


def test_the_last_five_passwords_are_not_taken_again(db: None) -> None:
    user = make_user("周敏")
    words = [f"Shanshui-{year}" for year in range(2020, 2026)]
    for word in words:
        services.change_password(user=user, password=word)

    assert [verdict(word, user) for word in words] == [GOOD, BAD, BAD, BAD, BAD, BAD]


def test_a_long_chinese_password_is_not_cut(client: Client, db: None) -> None:
    word = "汉" * 62 + "Aa"
    user = make_user("周敏")
    services.change_password(user=user, password=word)

    assert user.check_password(word)
    assert not user.check_password(word[:-1])


# The forced change ---------------------------------------------------------------------------


@pytest.fixture
def newcomer(db: None) -> User:
    return make_user("周敏", must_change_password=True)


def entered(client: Client, user: User) -> Client:
    client.post("/login", {"username": user.username, "password": PASSWORD})
    return client


def test_a_one_time_password_opens_nothing_but_its_own_change(
    client: Client, newcomer: User
) -> None:
    entered(client, newcomer)

    assert client.get("/")["Location"] == "/account/password"
    assert client.get("/users/")["Location"] == "/account/password"
    assert "一次性密码" in client.get("/account/password").content.decode()

    answer = client.post("/account/password", {"new": "Shan-shui-20", "again": "Shan-shui-20"})

    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        (PASSWORD, PASSWORD, "新密码不能与原密码相同"),
        ("Shan-shui-20", "Shan-shui-21", "两次输入的密码不一致"),
        ("short", "short", "密码至少 10 个字符"),
    ],
)
def test_a_bad_choice_is_explained(
    client: Client, newcomer: User, new: str, again: str, sentence: str
) -> None:
    answer = entered(client, newcomer).post("/account/password", {"new": new, "again": again})

    assert sentence in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


def test_the_one_time_password_is_worth_nothing_after_the_change(
    client: Client, newcomer: User
) -> None:
    entered(client, newcomer).post(
        "/account/password", {"new": "Shan-shui-20", "again": "Shan-shui-20"}
    )

    assert entered(Client(), newcomer).get("/").status_code == 302


def test_a_later_change_asks_for_the_old_password(client: Client, db: None) -> None:
    user = make_user("周敏", password_changed_at=timezone.now())
    fields = {"new": "Shan-shui-20", "again": "Shan-shui-20"}
    entered(client, user)

    refused = client.post("/account/password", fields | {"old": "wrong"})
    assert "原密码不正确" in refused.content.decode()
    assert client.post("/account/password", fields | {"old": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200


def test_other_sessions_end_with_the_change(client: Client, newcomer: User) -> None:
    elsewhere = entered(Client(), newcomer)
    entered(client, newcomer).post(
        "/account/password", {"new": "Shan-shui-20", "again": "Shan-shui-20"}
    )

    assert elsewhere.get("/")["Location"].startswith("/login")


def test_a_password_of_ninety_days_must_be_changed(client: Client, db: None) -> None:
    user = make_user("周敏", password_changed_at=timezone.now() - timedelta(days=91))

    assert entered(client, user).get("/")["Location"] == "/account/password"


def test_the_last_week_is_announced(client: Client, db: None) -> None:
    user = make_user("周敏", password_changed_at=timezone.now() - timedelta(days=85))

    assert "密码还有 4 天到期" in entered(client, user).get("/").content.decode()


def test_under_the_other_profile_passwords_do_not_age(settings: Any, db: None) -> None:
    settings.PASSWORD_PROFILE = "asvs"
    user = make_user("周敏", password_changed_at=timezone.now() - timedelta(days=900))

    assert not passwords.must_change(user)
