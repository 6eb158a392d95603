"""What every list page does: narrow, sort, say what is active, choose columns, keep views."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models import Message, SavedView
from tests.ui.conftest import become_auditor, write_messages


def page(browser: Client, query: str = "", **headers: str) -> str:
    response = browser.get(f"/demo/{query}", headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_list_shows_title_rows_and_total(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    text = page(browser)
    assert "消息名册" in text
    assert "共 <b>3</b> 条" in text
    assert "通知0002" in text


def test_two_rows_cost_as_many_queries_as_twenty(browser: Client, clerk: User) -> None:
    write_messages(clerk, 2)
    page(browser)
    with CaptureQueriesContext(connection) as few:
        page(browser)
    write_messages(clerk, 18, "更多")
    with CaptureQueriesContext(connection) as many:
        page(browser)
    assert len(few) == len(many)


def test_a_reader_without_the_permission_is_refused(browser: Client, clerk: User) -> None:
    become_auditor(clerk)
    assert browser.get("/demo/").status_code == 403


def test_the_search_box_narrows_the_rows(browser: Client, clerk: User) -> None:
    write_messages(clerk, 12)
    text = page(browser, "?q=0007")
    assert "共 <b>1</b> 条" in text
    assert "去掉条件 搜索" in text


def test_each_active_condition_has_a_chip_that_drops_it_alone(browser: Client, clerk: User) -> None:
    write_messages(clerk, 12)
    text = page(browser, "?q=通知&kind=action&number_min=1&unread=true")
    assert "类别：待我办" in text
    assert "编号：1 至 不限" in text
    assert "未读：是" in text
    without_number = "?q=%E9%80%9A%E7%9F%A5&amp;kind=action&amp;unread=true"
    assert f'href="{without_number}"' in text


def test_a_choice_offers_once_not_to_choose(browser: Client) -> None:
    select = page(browser).split('name="kind"')[1].split("</select>")[0]
    assert select.count("不限") == 1


def test_a_broken_condition_shows_no_rows_and_says_why(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    text = page(browser, "?created_at_after=昨天")
    assert "筛选条件填写有误" in text
    assert "通知0001" not in text


def test_a_day_may_be_typed_the_chinese_way(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    assert "共 <b>3</b> 条" in page(browser, "?created_at_after=2020年1月5日")


def test_an_empty_result_names_the_condition_that_empties_it(browser: Client, clerk: User) -> None:
    write_messages(clerk, 9)
    text = page(browser, "?q=没有的&kind=action")
    assert "去掉“搜索：“没有的””（3 条）" in text
    assert "去掉“类别" not in text


def test_an_empty_list_offers_the_first_action(browser: Client) -> None:
    text = page(browser)
    assert "还没有记录。" in text
    assert 'href="/new/"' in text


def test_a_press_on_a_head_sorts_and_says_so(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    text = page(browser, "?sort=title")
    assert 'aria-sort="ascending"' in text
    assert "?sort=-title" in text
    assert text.index("通知0000") < text.index("通知0002")


@pytest.mark.parametrize("sort", ["password", "recipient__password", "-", "title,kind", "body"])
def test_a_sort_that_no_column_offers_is_ignored(browser: Client, clerk: User, sort: str) -> None:
    write_messages(clerk, 2)
    assert "共 <b>2</b> 条" in page(browser, f"?sort={sort}")


@pytest.mark.parametrize(
    "query",
    [
        "?page=1000000000&per=1000000",
        "?page=-1&after=x&before=%00",
        "?kind=%00&q=%00",
        "?number_min=1e999&number_max=x",
        "?number_min=99999999999999999999999",
        "?col=password&col=&view=999999999999",
        "?page=１&q=" + "长" * 3000,
    ],
)
def test_broken_parameters_never_break_the_page(browser: Client, clerk: User, query: str) -> None:
    write_messages(clerk, 2)
    assert "消息名册" in page(browser, query)


def test_a_script_gets_only_the_part_it_asks_for(browser: Client, clerk: User) -> None:
    write_messages(clerk, 2)
    part = page(browser, "", hx_request="true", hx_target="list-results")
    assert "通知0001" in part
    assert "<html" not in part
    assert "list-filters" not in part
    whole = page(browser, "", hx_request="true", hx_target="list")
    assert "list-filters" in whole


def test_tabs_bring_their_counts_in_a_request_of_their_own(browser: Client, clerk: User) -> None:
    write_messages(clerk, 9)
    assert "part=tabs" in page(browser)
    tabs = page(browser, "?part=tabs")
    assert '待我办<span class="n">3</span>' in tabs
    assert "part=tabs" not in tabs


def test_the_tab_of_the_present_filter_is_marked(browser: Client, clerk: User) -> None:
    text = page(browser, "?kind=action&sort=title&per=20")
    assert '<a href="?kind=action" aria-current="page">' in text


class TestColumns:
    def test_chosen_columns_become_the_readers_default(self, browser: Client, clerk: User) -> None:
        write_messages(clerk, 1)
        browser.post("/demo/?q=通知", {"do": "columns", "col": ["title", "number"]})
        text = page(browser)
        assert '<td class="num" data-label="编号">' in text
        assert 'data-label="时间"' not in text

    def test_no_column_ticked_restores_the_default(self, browser: Client, clerk: User) -> None:
        write_messages(clerk, 1)
        browser.post("/demo/", {"do": "columns", "col": ["title"]})
        browser.post("/demo/", {"do": "columns"})
        assert 'data-label="时间"' in page(browser)

    def test_an_unknown_column_is_not_kept(self, browser: Client, clerk: User) -> None:
        browser.post("/demo/", {"do": "columns", "col": ["password", "title"]})
        clerk.refresh_from_db()
        assert clerk.preferences["columns"] == {"demo": ["title"]}


class TestSavedViews:
    def save(self, browser: Client, query: str = "?kind=action&page=3", **more: str) -> SavedView:
        browser.post(f"/demo/{query}", {"do": "view_save", "name": "我的待办", **more})
        return SavedView.objects.get()

    def test_a_view_keeps_filter_order_and_columns(self, browser: Client, clerk: User) -> None:
        view = self.save(browser, "?kind=action&sort=title&page=3&col=title&col=kind")
        assert view.querystring == "kind=action&sort=title"
        assert view.columns == ["title", "kind"]
        assert "我的待办</a>" in page(browser)

    def test_saving_under_the_same_name_replaces(self, browser: Client) -> None:
        self.save(browser)
        assert self.save(browser, "?kind=system").querystring == "kind=system"

    def test_a_view_needs_a_name(self, browser: Client) -> None:
        response = browser.post("/demo/", {"do": "view_save", "name": " "}, follow=True)
        assert "视图没有保存" in response.content.decode()

    def test_a_view_is_renamed_and_deleted_by_its_owner(self, browser: Client) -> None:
        view = self.save(browser)
        browser.post(f"/demo/?view={view.pk}", {"do": "view_rename", "name": "新名字"})
        view.refresh_from_db()
        assert view.name == "新名字"
        browser.post(f"/demo/?view={view.pk}", {"do": "view_delete"})
        assert not SavedView.objects.exists()

    def test_another_users_view_is_not_there(self, browser: Client, clerk: User) -> None:
        other = User.objects.create_user("other", "吴亮")
        view = SavedView.objects.create(owner=other, page="demo", name="他的")
        response = browser.post(f"/demo/?view={view.pk}", {"do": "view_delete"})
        assert response.status_code == 404
        assert "他的</a>" not in page(browser)

    def test_a_view_of_the_unit_is_seen_by_its_members(self, browser: Client, clerk: User) -> None:
        view = self.save(browser, sharing="unit")
        other = User.objects.create_user("other", "吴亮")
        SavedView.objects.filter(pk=view.pk).update(owner=other)
        text = page(browser)
        assert "我的待办</a>" in text
        assert "改名" not in page(browser, f"?view={view.pk}")

    def test_columns_of_a_shown_view_change_only_what_is_seen(
        self, browser: Client, clerk: User
    ) -> None:
        view = self.save(browser)
        response = browser.post(f"/demo/?view={view.pk}", {"do": "columns", "col": ["title"]})
        assert response.headers["Location"] == f"/demo/?view={view.pk}&col=title"
        clerk.refresh_from_db()
        assert clerk.preferences == {}


def test_a_post_that_no_tool_answers_is_refused(browser: Client) -> None:
    assert browser.post("/demo/", {"do": "anything"}).status_code == 400


def test_messages_of_others_are_never_counted(browser: Client, clerk: User) -> None:
    write_messages(User.objects.create_user("other", "吴亮"), 5)
    assert Message.objects.count() == 5
    assert "共 <b>0</b> 条" in page(browser)
