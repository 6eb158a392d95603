"""Headers on every answer, and error pages in Chinese that give nothing away."""

import json
import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.models import User
from core import errors
from core.csp import REPORTS_PER_MINUTE, build_policy

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; report-uri /csp-report"
)


@pytest.mark.parametrize(
    ("path", "status"), [("/demo/", 200), ("/nowhere", 404), ("/demo/broken", 500)]
)
def test_every_answer_carries_the_policy(browser: Client, path: str, status: int) -> None:
    browser.raise_request_exception = False
    response = browser.get(path)
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_a_host_that_is_not_ours_is_refused_with_the_policy(browser: Client) -> None:
    response = browser.get("/demo/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == POLICY


def test_pages_of_a_signed_in_user_are_not_kept_by_browsers(browser: Client) -> None:
    assert browser.get("/demo/").headers["Cache-Control"] == "no-store"


def test_the_policy_reads_like_the_setting() -> None:
    assert build_policy({"a-src": ["'self'", "data:"], "b-src": ["'none'"]}) == (
        "a-src 'self' data:; b-src 'none'"
    )


class TestBareAnswers:
    """What Django refuses without a word gets a page of ours, and a way back."""

    def test_an_address_for_buttons_cannot_be_opened(self, browser: Client) -> None:
        answer = browser.get("/account/resume/discard", headers={"referer": "http://testserver/a"})
        page = answer.content.decode()
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "POST"
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert "不能直接打开这个地址" in page
        assert '<a href="http://testserver/a">返回上一页</a>' in page
        assert '<a href="/">回到工作台</a>' in page

    @pytest.mark.parametrize("page", ["https://evil.example/", "javascript:alert(1)", ""])
    def test_the_way_back_never_leaves_us(self, browser: Client, page: str) -> None:
        answer = browser.get("/account/resume/discard", headers={"referer": page})
        assert ">返回上一页</a>" not in answer.content.decode()

    def test_a_press_that_means_nothing_is_told(self, browser: Client) -> None:
        answer = browser.post("/demo/", {"do": "nonsense"})
        assert answer.status_code == 400
        assert "请求的内容不正确" in answer.content.decode()

    def test_programs_get_their_own_words_and_heads_no_body(self, browser: Client) -> None:
        assert browser.post("/api/v1/areas").headers["Content-Type"] == "application/json"
        assert browser.head("/account/resume/discard").content == b""

    def test_a_host_that_is_not_ours_has_no_way_back(self, browser: Client) -> None:
        sent = {"host": "evil.example", "referer": "https://evil.example/"}
        assert ">返回上一页</a>" not in browser.get("/demo/", headers=sent).content.decode()


class TestReports:
    def send(self, client: Client, body: object, times: int = 1) -> None:
        for _ in range(times):
            response = client.post("/csp-report", json.dumps(body), "application/csp-report")
            assert response.status_code == 204

    REPORT = {
        "csp-report": {
            "violated-directive": "style-src",
            "document-uri": "https://host/enterprises/?q=3408221990",
            "blocked-uri": "https://cdn.example/x.css?secret",
        }
    }

    @pytest.fixture(autouse=True)
    def _fresh(self) -> None:
        cache.clear()

    def test_a_report_is_logged_without_query_strings(
        self, client: Client, db: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.send(client, self.REPORT)
        assert "CSP style-src on /enterprises/ blocked https:cdn.example" in caplog.text
        assert "3408221990" not in caplog.text
        assert "secret" not in caplog.text

    def test_reports_of_a_minute_are_bounded(
        self, client: Client, db: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.send(client, self.REPORT, REPORTS_PER_MINUTE + 5)
        assert caplog.text.count("CSP style-src") == REPORTS_PER_MINUTE

    @pytest.mark.parametrize("body", [[], {}, {"csp-report": 1}, "x", {"csp-report": {"a": 1}}])
    def test_other_content_is_swallowed(
        self, client: Client, db: None, caplog: pytest.LogCaptureFixture, body: object
    ) -> None:
        self.send(client, body)
        assert "CSP" not in caplog.text


class TestErrorPages:
    @pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
    def test_a_page_says_in_chinese_what_happened(self, rf: RequestFactory, status: int) -> None:
        request: Any = rf.get("/")
        request.request_id = "abc123"
        response = errors.error_page(request, status)
        text = response.content.decode()
        assert response.status_code == status
        assert f"错误 {status}" in text
        assert "abc123" in text

    def test_our_mistake_shows_no_trace(
        self, browser: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.CRITICAL)
        browser.raise_request_exception = False
        text = browser.get("/demo/broken").content.decode()
        assert "系统出错了" in text
        assert "Traceback" not in text
        assert "中间出错" not in text

    def test_a_row_outside_and_a_row_that_never_was_look_alike(self, browser: Client) -> None:
        one, other = browser.get("/nowhere"), browser.get("/neither")
        strip = one.headers["X-Request-ID"], other.headers["X-Request-ID"]
        assert one.content.decode().replace(strip[0], "") == other.content.decode().replace(
            strip[1], ""
        )

    def test_a_stale_page_is_explained(self, clerk: User, demo_pages: None) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(clerk)
        response = strict.post("/demo/", {"do": "export"})
        assert response.status_code == 403
        assert "页面停留过久" in response.content.decode()
