"""What every list page does: narrow, sort, page, choose columns, keep views, act on many."""

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.db import connection

from accounts.models import User
from tests.ui.conftest import write_messages


def test_a_list_shows_title_rows_and_total(browser: Client, clerk: User) -> None:
    write_messages(clerk, 3)
    text = browser.get("/demo/").content.decode()
    assert "消息名册" in text
    assert "共 <b>3</b> 条" in text
    assert "通知0002" in text
