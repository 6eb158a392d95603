"""A user's calendar program reads what is due under a secret address, until he revokes it."""

import logging
import runpy
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.models import CalendarAddress, User
from core import deadlines
from core.dates import today
from core.deadlines import Deadline
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_kind(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    def tell(user: User, until: date) -> list[Deadline]:
        on = today() + timedelta(days=100)
        return [Deadline(on, "北湖支部", "换届；准备", "/orgs/1")] * (user == world.secretary)

    monkeypatch.setattr(deadlines, "_sources", {})
    deadlines.register("terms", "换届", tell)


def address_of(client: Client) -> str:
    page = client.post("/account/calendar").content.decode()
    return urlsplit(page.split("<code>")[1].split("</code>")[0]).path


def test_the_address_is_read_without_signing_in_and_kept_as_a_digest(world: World) -> None:
    path = address_of(desk(world.secretary))
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:北湖支部：换届；准备\r\n" in answer.content.decode()
    assert "URL:http://testserver/orgs/1\r\n" in answer.content.decode()
    assert path.split("/")[-1][:-4] not in str(CalendarAddress.objects.values())


def test_a_feed_holds_only_what_its_user_has_to_do(world: World) -> None:
    assert "北湖" not in Client().get(address_of(desk(world.clerk))).content.decode()


def test_an_address_ends_when_revoked_replaced_or_with_its_user(world: World) -> None:
    client = desk(world.secretary)
    first = address_of(client)
    second = address_of(client)
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    client.post("/account/calendar/revoke")
    assert Client().get(second).status_code == 404
    third = address_of(client)
    User.objects.filter(pk=world.secretary.pk).update(is_active=False)
    assert Client().get(third).status_code == 404


# Logs ---------------------------------------------------------------------------------------------

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def test_no_log_line_of_ours_holds_the_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither when it is refused nor when it breaks; the web server's own lines are ours too."""
    client = desk(world.secretary)
    path = address_of(client)
    secret = path.split("/")[-1][:-4]
    (handler,) = (one for one in logging.root.handlers if one.name == "console")
    assert isinstance(handler, logging.StreamHandler)
    written = StringIO()
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr("accounts.calendars.feed", lambda user, absolute: 1 / 0)
    assert Client(raise_request_exception=False).get(path).status_code == 500
    client.post("/account/calendar/revoke")
    assert Client().get(path).status_code == 404
    logging.getLogger("waitress").error("Exception while serving %s", path)
    said = written.getvalue()
    assert said.count("/calendar/…") == 3
    assert secret not in said


def test_the_production_server_hides_it_and_the_proxy_logs_none(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert server["accesslog"] is None
    errors = logging.getLogger("gunicorn.error.test")
    server["post_worker_init"](SimpleNamespace(log=SimpleNamespace(error_log=errors)))
    errors.error("Error handling request %s", "/calendar/abc-DEF_1.ics?x=1")
    errors.error("%s: %s", "Not Found", "/meetings/7")
    hidden = "Error handling request /calendar/…?x=1"
    assert caplog.messages == [hidden, "Not Found: /meetings/7"]
    proxy = (DEPLOY / "nginx" / "fgqydj.conf").read_text()
    assert "~^/calendar/ 0;" in proxy
    assert proxy.count("access_log ") == proxy.count("if=$fgqydj_logged;") == 1
    place = proxy.split("location ^~ /calendar/ {")[1].split("}")[0]
    assert "error_log /dev/null" in place
