"""The generated pages of docs/ say what the declarations say."""

from pathlib import Path

import pytest
from django.conf import settings

from reports.indicators import INDICATORS
from reports.reference import PAGES, pages


@pytest.mark.parametrize(("name", "content"), list(pages()), ids=PAGES)
def test_the_committed_page_is_current(name: str, content: str) -> None:
    written = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    assert written == content, "run manage.py write_reference_docs"


def test_every_indicator_of_the_board_is_documented() -> None:
    page = PAGES["indicators.md"]()
    for indicator in INDICATORS:
        assert f"`{indicator.key}`" in page
        assert indicator.basis in page


def test_the_62_columns_name_their_owners() -> None:
    page = PAGES["ledgers.md"]()
    assert "党组织设置情况 · 组建形式 · 联合建立" in page
    assert page.count("企业年度记录填报值") > 15
