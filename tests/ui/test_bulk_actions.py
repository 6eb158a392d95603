"""Bulk actions: preview with count and reason, the whole filter, the job for many rows."""

from django.test import Client

from accounts.models import User
from core.jobs import run_now
from core.listing import bulk
from core.models import Job, JobState, Message
from tests.ui.conftest import write_messages


def confirm(browser: Client, query: str = "", **answers: object) -> str:
    """The confirmed post, with the reason that the form asks for."""
    given = {"do": "bulk", "action": "read", "confirm": "1", "reason": "已在会上传达", **answers}
    response = browser.post(f"/demo/{query}", given, follow=True)
    return str(response.content.decode())


def unread(user: User) -> int:
    """Unread messages beside those about finished jobs."""
    written = Message.objects.filter(recipient=user, title__startswith="通知")
    return written.filter(read_at=None).count()


def test_the_first_post_only_shows_what_would_happen(browser: Client, clerk: User) -> None:
    messages = write_messages(clerk, 3)
    keys = [message.pk for message in messages[:2]]
    response = browser.post("/demo/", {"do": "bulk", "action": "read", "pk": keys})
    text = response.content.decode()
    assert "将对 <b>2</b> 条记录办理" in text
    assert "可以重新标为未读。" in text
    assert unread(clerk) == 3


def test_ticked_rows_are_done_with_a_receipt(browser: Client, clerk: User) -> None:
    messages = write_messages(clerk, 3)
    keys = [message.pk for message in messages[:2]]
    text = confirm(browser, pk=keys, expected="2")
    assert "已标记 2 条。" in text
    assert unread(clerk) == 1


def test_all_results_means_the_filter_run_again(browser: Client, clerk: User) -> None:
    write_messages(clerk, 9)
    confirm(browser, "?kind=action", all="1", expected="3")
    assert unread(clerk) == 6


def test_a_reason_is_asked_for(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    assert "有 1 处需要修改" in confirm(browser, all="1", expected="3", reason="")
    assert unread(clerk) == 3


def test_a_result_that_changed_meanwhile_is_shown_again(browser: Client, clerk: User) -> None:
    write_messages(clerk, 4)
    assert "结果刚刚发生了变化" in confirm(browser, all="1", expected="3")
    assert unread(clerk) == 4


def test_one_row_outside_the_scope_refuses_the_whole_action(browser: Client, clerk: User) -> None:
    mine = write_messages(clerk, 2)
    foreign = write_messages(User.objects.create_user("other", "吴亮"), 1)
    keys = [message.pk for message in (*mine, *foreign)]
    answers = {"do": "bulk", "action": "read", "pk": keys, "confirm": "1", "expected": "3"}
    assert browser.post("/demo/", {**answers, "reason": "x"}).status_code == 404
    assert unread(clerk) == 2


def test_broken_keys_are_not_found(browser: Client, clerk: User) -> None:
    answers = {"do": "bulk", "action": "read", "pk": ["abc"]}
    assert browser.post("/demo/", answers).status_code == 404


def test_nothing_ticked_is_said(browser: Client, clerk: User) -> None:
    write_messages(clerk, 1)
    response = browser.post("/demo/", {"do": "bulk", "action": "read"}, follow=True)
    assert "请先勾选要处理的记录。" in response.content.decode()


def test_an_action_without_the_right_is_neither_offered_nor_done(
    browser: Client, clerk: User
) -> None:
    write_messages(clerk, 1)
    assert "无权操作" not in browser.get("/demo/").content.decode()
    answers = {"do": "bulk", "action": "secret", "all": "1"}
    assert browser.post("/demo/", answers).status_code == 403
    assert browser.post("/demo/", {**answers, "action": "unknown"}).status_code == 404


class TestManyRows:
    def start(self, browser: Client, clerk: User) -> Job:
        write_messages(clerk, bulk.DIRECT_LIMIT + 1)
        many = str(bulk.DIRECT_LIMIT + 1)
        for _ in range(2):  # a double click makes one job
            confirm(browser, all="1", expected=many, once="a1")
        return Job.objects.get()

    def test_many_rows_become_one_job(self, browser: Client, clerk: User) -> None:
        job = self.start(browser, clerk)
        assert unread(clerk) == bulk.DIRECT_LIMIT + 1
        done = run_now(job)
        assert done.state == JobState.DONE
        assert done.message == f"已标记 {bulk.DIRECT_LIMIT + 1} 条。"
        assert unread(clerk) == 0

    def test_the_job_has_the_rights_its_owner_has_when_it_runs(
        self, browser: Client, clerk: User
    ) -> None:
        job = self.start(browser, clerk)
        clerk.grants.update(role="leader")
        assert run_now(job).state == JobState.FAILED
        assert unread(clerk) == bulk.DIRECT_LIMIT + 1
