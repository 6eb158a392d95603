"""Template tags of the interface: icons, state tags, rates, dates, files that may be absent."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.rates import Rate
from core.statics import addresses

register = template.Library()

TONES = frozenset({"ok", "attention", "broken", "running", "none"})
UNKNOWN, NOT_APPLICABLE = "", "—"


@register.simple_tag
def asset(path: str) -> str:
    """Address of a static file, or nothing where it was never collected."""
    try:
        return str(staticfiles_storage.url(path))
    except ValueError:  # the manifest of published files does not name it
        return ""


@register.simple_tag
def own_styles() -> list[str]:
    return addresses("app.css")


@register.simple_tag
def own_scripts() -> list[str]:
    return addresses("app.js")


@register.simple_tag
def part(bundle: str) -> list[str]:
    """Where a page finds sheets or scripts that few pages need."""
    return addresses(bundle)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without one it is decoration."""
    source = asset("img/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" width="16" height="16" role="img" aria-label="{}">'
            '<use href="{}#{}"/></svg>',
            label,
            source,
            name,
        )
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}#{}"/></svg>',
        source,
        name,
    )


@register.simple_tag
def badge(label: object, tone: str = "none") -> SafeString:
    """A state tag: word, shape and colour together."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"badge: unknown tone {tone!r}")
    return format_html('<span class="tag tag-{}">{}</span>', tone, label)


@register.inclusion_tag("components/_rate.html")
def rate(value: Rate, url: str = "") -> dict[str, Any]:
    """A share that never stands without its two integers, if wanted linked to the list behind."""
    return {"rate": value, "url": url, "empty": value.denominator == 0}


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in a table: 2026-11-21."""
    return _local(value).strftime("%Y-%m-%d") if value else UNKNOWN


@register.filter
def moment(value: datetime | None) -> str:
    """A point of time in a table: 2026-11-21 14:32."""
    return _local(value).strftime("%Y-%m-%d %H:%M") if value else UNKNOWN


@register.filter
def long_day(value: date | datetime | None) -> str:
    """A date in a document: 2026年11月5日, without leading zeros."""
    if not value:
        return UNKNOWN
    shown = _local(value)
    return f"{shown.year}年{shown.month}月{shown.day}日"


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def number(value: int | None) -> SafeString | str:
    """1,286; zero in grey; unknown stays blank."""
    if value is None:
        return UNKNOWN
    return f"{value:,}" if value else format_html('<span class="zero">{}</span>', 0)


@register.filter
def percent_of(done: int | None, total: int | None) -> int:
    """How far a job is, for a progress bar: a whole number from 0 to 100."""
    return min(100, (done or 0) * 100 // total) if total else 0


@register.simple_tag
def field_groups(form: forms.BaseForm) -> list[tuple[str, list[forms.BoundField]]]:
    """The visible fields under their headings: `groups` of the form, else one unnamed group."""
    groups = getattr(form, "groups", None)
    if groups is None:
        return [("", list(form.visible_fields()))]
    return [(title, [form[name] for name in names]) for title, names in groups]


@register.simple_tag
def error_links(form: forms.BaseForm) -> SafeString:
    """List items that lead from the summary of errors to the fields."""
    return format_html_join(
        "",
        '<li><a href="#{}">{}</a>：{}</li>',
        (
            (form[name].id_for_label or form[name].auto_id, form[name].label, errors[0])
            for name, errors in form.errors.items()
            if name != NON_FIELD_ERRORS
        ),
    )
