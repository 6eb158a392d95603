"""Choosing rows of a large register by typing: a text box that proposes, and works without script.

The box holds the words of the chosen row, its name and its code in brackets; a code, a full name
or any search that finds exactly one row is as good.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.text import fold, typed

PROPOSED = 20
LENGTH = 200  # of what may be typed into a box
NAMED = 5  # of several rows that a text may mean, in the sentence that refuses it
_CODE = re.compile(r"\(([^()]+)\)$")  # in folded text


def code_in(text: str) -> str:
    """The code in brackets at the end of folded words, else all of them."""
    found = _CODE.search(text)
    return found[1] if found else text


class Register(Protocol):
    """How one register is searched; `rows` is what the user may see and may choose today."""

    url: str

    def rows(self, user: Any) -> QuerySet[Any]: ...

    def by_code(self, rows: Any, code: str) -> QuerySet[Any]: ...

    def search(self, rows: Any, text: str) -> QuerySet[Any]: ...

    def words(self, row: Any) -> str:
        """Name and code: what stands in the box once the row is chosen."""
        ...

    def hint(self, row: Any) -> str: ...


@dataclass(frozen=True)
class Option:
    words: str
    name: str
    hint: str


def answer(request: HttpRequest, register: Register) -> HttpResponse:
    """The proposals for what is typed (`q`), as the options of a list box."""
    rows, text = register.rows(request.user), fold(request.GET.get("q", "")[:LENGTH])
    code = _CODE.search(text)
    found = list(register.by_code(rows, code[1])) if code else []
    found = found or list(register.search(rows, text)[: PROPOSED + 1])
    options = [
        Option(register.words(row), str(row), register.hint(row)) for row in found[:PROPOSED]
    ]
    context = {"options": options, "is_cut": len(found) > PROPOSED}
    return render(request, "ui/_options.html", context)


class SearchBox(forms.TextInput):
    """A text box that asks the register for proposals."""

    template_name = "ui/choice.html"

    def __init__(self, url: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": LENGTH, **(attrs or {})})
        self.url = url

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "url": self.url}


class SearchBoxes(SearchBox):
    """One box for each chosen row and some empty ones."""

    template_name = "ui/choices.html"
    spare = 3

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        own = context["widget"]["attrs"]
        further = {key: own[key] for key in own if key not in ("required", "aria-describedby")}
        boxes = []
        for place, text in enumerate([*(value or ()), *[""] * self.spare]):
            numbered = {"id": f"{own.get('id', name)}_{place}", "aria-label": f"第 {place + 1} 个"}
            given = own if place == 0 else {**further, **numbered}
            boxes.append(SearchBox(self.url).get_context(name, text, given)["widget"])
        return {**context, "boxes": boxes}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [text for text in given if text.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class RowField(forms.Field):
    """One row of the register within the user's scope; cleans to the row or None."""

    widget: Any = SearchBox
    name: ClassVar[str] = "name"  # where a row's name stands

    def __init__(self, register: Register, user: Any, **options: Any) -> None:
        self.register, self.user = register, user
        super().__init__(widget=self.widget(register.url), **options)

    def prepare_value(self, value: Any) -> Any:
        return self.register.words(value) if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Any:
        text = typed(str(value or ""), LENGTH)
        return self._row(text) if text else None

    def _row(self, text: str) -> Any:
        rows = self.register.rows(self.user)
        for found in self._meanings(rows, text):
            hits = list(found[: NAMED + 1])
            if len(hits) == 1:
                return hits[0]
            if hits:
                names = "、".join(str(hit) for hit in hits[:NAMED])
                raise ValidationError(f"“{text}”可能是{names}等多个，请从列表中选定一个。")
        raise ValidationError(self._told_why(text) or f"没有找到“{text}”，或不在您的数据范围内。")

    def _told_why(self, text: str) -> str:
        """Which rule keeps a row of the user's scope from being chosen; empty if none does."""
        why_not = getattr(self.register, "why_not", None)
        told: str = why_not(self.user, fold(text)) if why_not else ""
        return told

    def _meanings(self, rows: QuerySet[Any], text: str) -> Iterable[QuerySet[Any]]:
        """From the most to the least exact reading of what was typed."""
        folded = fold(text)
        if code := _CODE.search(folded):
            yield self.register.by_code(rows, code[1])
        yield self.register.by_code(rows, folded)
        yield rows.filter(**{f"{self.name}__in": (text, folded)})
        yield self.register.search(rows, folded)


class RowsField(RowField):
    """Several rows, each once."""

    widget = SearchBoxes

    def prepare_value(self, value: Any) -> Any:
        return [super(RowsField, self).prepare_value(one) for one in value or ()]

    def to_python(self, value: Sequence[str] | None) -> list[Any]:
        texts = [typed(text, LENGTH) for text in value or ()]
        rows = [self._row(text) for text in texts if text]
        return list(dict.fromkeys(rows))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != list(data or ())
