"""Templates, style sheets and scripts keep to the strict policy and to the oldest browser."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from core.statics import BUNDLES

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

DJANGO = re.compile(r"{% block page_class %}[\w-]*|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
TAG_TEXT = re.compile(r"<[^>]*>", re.DOTALL)
ATTRIBUTE_TEXT = re.compile(r'\b(?:title|placeholder|aria-label|alt)="([^"]*)"')
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Words that Chinese offices write in Latin letters, and keys of the keyboard.
ALLOWED_LATIN = {"Excel", "CSV", "XLSX", "XLS", "Ctrl", "MB", "WPS", "Tab", "Enter", "QQ"}

# What Chromium 86 lacks (first version in brackets).
NEW_CSS = {
    r"(?<![-\w])inset\s*:": "inset (87)",
    r":is\(|:where\(": ":is, :where (88)",
    r"aspect-ratio": "aspect-ratio (88)",
    r"accent-color": "accent-color (93)",
    r"@layer|@container|@property(?!\w)": "@layer (99), container queries (105)",
    r":has\(": ":has (105)",
    r"color-mix|oklch|lab\(": "color-mix (111)",
    r"\d(?:dvh|svh|lvh|dvw|cqw)\b": "dynamic viewport units (108)",
    r"overflow(?:-[xy])?\s*:\s*clip": "overflow: clip (90)",
    r"text-wrap|:user-invalid|scrollbar-gutter": "newer than 94",
    r"&\s*[:.{>]": "nesting (112)",
}
NEW_JS = {
    r"\.at\(": "at (92)",
    r"structuredClone": "structuredClone (98)",
    r"randomUUID": "randomUUID (92)",
    r"hasOwn\(": "Object.hasOwn (93)",
    r"\.to(?:Reversed|Sorted|Spliced)\(|\.findLast": "change by copy (110), findLast (97)",
    r"showPicker|showPopover|popover": "showPicker (99), popover (114)",
    r"\.checkVisibility": "checkVisibility (105)",
    r"AbortSignal\.timeout": "AbortSignal.timeout (103)",
    r"static\s*{": "static blocks (94)",
    r"\.groupBy\(|withResolvers": "groupBy (117)",
    r"\beval\(|new Function|innerHTML\s*\+=|document\.write": "refused by the policy or by taste",
}


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("name", names(TEMPLATES))
def test_a_template_holds_no_inline_style_handler_or_script(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("name", names(TEMPLATES))
def test_a_template_escapes_and_names_no_other_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+off", text)
    assert not re.search(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("name", names(TEMPLATES))
def test_a_template_says_first_what_it_is_given(name: str) -> None:
    head = (ROOT / name).read_text(encoding="utf-8")[:300]
    assert "{#" in head


@pytest.mark.parametrize("name", names(TEMPLATES))
def test_readers_see_chinese_only(name: str) -> None:
    text = DJANGO.sub(" ", (ROOT / name).read_text(encoding="utf-8"))
    text = re.sub(r"<code>.*?</code>", " ", text, flags=re.DOTALL)
    seen = TAG_TEXT.sub(" ", text) + " ".join(ATTRIBUTE_TEXT.findall(text))
    assert set(LATIN_WORD.findall(re.sub(r"&[a-z]+;", " ", seen))) <= ALLOWED_LATIN


@pytest.mark.parametrize("name", names(SHEETS))
def test_a_style_sheet_asks_nothing_newer_than_chromium_86(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [why for pattern, why in NEW_CSS.items() if re.search(pattern, text)] == []
    assert "@import" not in text
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("name", names(SCRIPTS))
def test_a_script_asks_nothing_newer_than_chromium_86(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [why for pattern, why in NEW_JS.items() if re.search(pattern, text)] == []
    assert not re.search(r"[\"'`]https?://", text)


def test_every_own_sheet_and_script_is_part_of_a_bundle() -> None:
    bundled = {part for parts in BUNDLES.values() for part in parts}
    assert bundled == {f"css/{path.name}" for path in SHEETS} | {f"js/{p.name}" for p in SCRIPTS}


def test_our_part_of_every_page_stays_below_twenty_kilobytes() -> None:
    """Bootstrap (31) and htmx (17) leave room, but our own part shall not grow unseen."""
    everywhere = (*BUNDLES["app.css"], *BUNDLES["app.js"])
    joined = b"".join((ROOT / "static" / name).read_bytes() for name in everywhere)
    assert len(gzip.compress(joined)) < 20_000
