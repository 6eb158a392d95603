"""Messages: three kinds, once each, read one by one or together; drafts never overwrite unseen."""

import pytest
from django.test import Client

from accounts.models import User
from core import drafts
from core.models import Message, MessageKind
from core.notices import inbox, mark_read, notify, unread_counts, waiting
from tests.core.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang() -> User:
    return person("wang", "王经办")


@pytest.fixture
def signed_in(client: Client, wang: User) -> Client:
    client.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(*recipients: User, kind: MessageKind = MessageKind.ACTION, **fields: str) -> None:
    told = {"title": "待审批次", "url": "/imports/7", "key": "batch 7", **fields}
    notify(recipients, kind=kind, **told)


def test_a_message_with_the_same_key_is_not_sent_twice(wang: User) -> None:
    li = person("li")
    send(wang)
    send(wang, li)
    assert inbox(wang).count() == inbox(li).count() == 1


def test_the_bell_counts_only_what_needs_action(wang: User) -> None:
    send(wang)
    send(wang, kind=MessageKind.SYSTEM, key="job 1")
    assert waiting(wang) == 1
    assert unread_counts(wang) == {"action": 1, "information": 0, "system": 1}
    assert mark_read(inbox(wang)) == 2
    assert (waiting(wang), mark_read(inbox(wang))) == (0, 0)


def test_tabs_show_one_kind_each(signed_in: Client, wang: User) -> None:
    send(wang, title="请补组织机构")
    send(wang, kind=MessageKind.SYSTEM, title="导入完成", key="job 1")
    everything = signed_in.get("/messages").content.decode()
    system = signed_in.get("/messages?kind=system").content.decode()
    assert "请补组织机构" in everything
    assert "导入完成" in everything
    assert "请补组织机构" not in system
    assert "导入完成" in system


def test_opening_a_message_reads_it_and_leads_to_its_object(signed_in: Client, wang: User) -> None:
    send(wang)
    message = Message.objects.get()
    assert signed_in.get(f"/messages/{message.pk}").headers["Location"] == "/imports/7"
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.parametrize("url", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_a_message_never_leads_out_of_the_product(signed_in: Client, wang: User, url: str) -> None:
    send(wang, url=url)
    message = Message.objects.get()
    assert signed_in.get(f"/messages/{message.pk}").headers["Location"] == "/messages"


def test_ticked_messages_are_read_together_and_nobody_elses(signed_in: Client, wang: User) -> None:
    li = person("li")
    send(wang, li)
    send(wang, key="batch 8")
    keys = list(Message.objects.values_list("pk", flat=True))
    ticked = [*inbox(li).values_list("pk", flat=True), inbox(wang).first().pk, "x"]  # type: ignore[union-attr]
    signed_in.post("/messages/read", {"pk": ticked})
    assert len(keys) == 3
    assert Message.objects.filter(read_at=None).count() == 2
    assert inbox(li).filter(read_at=None).exists()


def test_a_whole_tab_is_read_at_once(signed_in: Client, wang: User) -> None:
    send(wang)
    send(wang, kind=MessageKind.SYSTEM, key="job 1")
    answer = signed_in.post("/messages/read", {"all": "1", "kind": "system"})
    assert answer.headers["Location"] == "/messages?kind=system"
    assert unread_counts(wang) == {"action": 1, "information": 0, "system": 0}


def test_only_what_is_unread_is_shown_when_asked_and_unread_is_what_it_is_again(
    signed_in: Client, wang: User
) -> None:
    send(wang, title="已经看过")
    mark_read(inbox(wang))
    send(wang, title="还没看过", key="batch 8")
    page = signed_in.get("/messages?unread=1&kind=action").content.decode()
    assert "还没看过" in page
    assert "已经看过" not in page
    keys = list(inbox(wang).values_list("pk", flat=True))
    signed_in.post("/messages/read", {"pk": keys, "unread": "1"})
    assert waiting(wang) == 2


def test_a_draft_comes_back_as_it_was_typed(signed_in: Client, wang: User) -> None:
    answer = signed_in.post("/drafts/enterprise", {"name": "怀安机械", "draft_target": "7"})
    assert answer.json()["version"] == 1
    assert answer.json()["text"].startswith("草稿已存 ")
    draft = drafts.load(wang, "enterprise", "7")
    assert draft is not None
    assert draft.payload == {"name": ["怀安机械"]}


def test_a_second_window_is_told_instead_of_overwritten(signed_in: Client, wang: User) -> None:
    first = {"name": "甲", "draft_version": "0"}
    version = signed_in.post("/drafts/enterprise", first).json()["version"]
    newer = {"name": "乙", "draft_version": version}
    assert signed_in.post("/drafts/enterprise", newer).json()["version"] == 2
    answer = signed_in.post("/drafts/enterprise", {"name": "丙", "draft_version": version})
    assert answer.status_code == 409
    assert "没有被覆盖" in answer.json()["text"]
    draft = drafts.load(wang, "enterprise")
    assert draft is not None
    assert draft.payload == {"name": ["乙"]}


def test_saving_the_same_again_is_no_conflict(signed_in: Client) -> None:
    for _ in range(2):
        answer = signed_in.post("/drafts/enterprise", {"name": "甲", "draft_version": "0"})
        assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_a_draft_is_the_users_own_and_can_be_thrown_away(signed_in: Client, wang: User) -> None:
    li = person("li")
    drafts.save(li, "enterprise", payload={"name": ["丁"]}, version=0)
    assert drafts.load(wang, "enterprise") is None
    signed_in.post("/drafts/enterprise", {"name": "甲"})
    signed_in.post("/drafts/enterprise/discard")
    assert drafts.load(wang, "enterprise") is None
    assert drafts.load(li, "enterprise") is not None


def test_a_draft_beyond_all_measure_is_refused(signed_in: Client) -> None:
    answer = signed_in.post("/drafts/enterprise", {"name": "长" * drafts.MAX_BYTES})
    assert answer.status_code == 413
