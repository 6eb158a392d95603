"""The forms of the product as they are declared: found behind its addresses, listed nowhere."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, TypeGuard

from django import forms
from django.urls import URLPattern, get_resolver

FormType: TypeAlias = type[forms.Form] | type[forms.ModelForm]  # type: ignore[type-arg]
RIGHT = re.compile(r"[a-z]+\.[a-z]+$")


@dataclass(frozen=True)
class Asked:
    """A form behind a permission; fields that depend on the object shown are not counted."""

    form: FormType
    permission: str

    @property
    def fields(self) -> int:
        return len(self.form.base_fields)

    @property
    def required(self) -> int:
        return sum(field.required for field in self.form.base_fields.values())


@cache
def declared() -> frozenset[Asked]:
    """Every form that is sent, once for each permission that opens it."""
    found = (one for pattern in _patterns(get_resolver()) for one in _behind(pattern.callback))
    return frozenset(one for one in found if one.permission and one.form.base_fields)


def _patterns(resolver: Any) -> Iterator[Any]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield one
        else:
            yield from _patterns(one)


def _permission(view: Any) -> str:
    return str(getattr(getattr(view, "view_class", view), "permission", "") or "")


def _takes_posts(view: Any) -> bool:
    """Whether none of its decorators turns a post away."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list) and "GET" in held:
                return "POST" in held
        view = getattr(view, "__wrapped__", None)
    return True


def _behind(view: Any) -> Iterator[Asked]:
    """Forms that a view function names, or that a view class or its bulk actions hold."""
    held, door = getattr(view, "view_class", None), _permission(view)
    if held is not None:
        for action in getattr(held, "bulk_actions", ()):
            yield Asked(action.form_class, action.permission)
        if _is_form(form := getattr(held, "form_class", None)):
            yield Asked(form, door)
    elif door and _takes_posts(view):
        function = inspect.unwrap(view)
        for form in _named(function, set()):
            yield Asked(form, _inner(function, door))


def _inner(function: Any, door: str) -> str:
    """A page that many may read asks for the right to write once more, by a name of its module."""
    names = (function.__globals__.get(name) for name in function.__code__.co_names)
    rights = (one for one in names if isinstance(one, str) and RIGHT.match(one) and one != door)
    return next(rights, door) if door.endswith(".view") else door


def _named(function: Callable[..., Any], seen: set[Any]) -> Iterator[FormType]:
    """What the function uses, and what the functions of its own module use for it."""
    code = getattr(function, "__code__", None)
    if code is None or function in seen:
        return
    seen.add(function)
    for name in code.co_names:
        value = function.__globals__.get(name)
        if _is_form(value):
            yield value
        elif inspect.isfunction(value) and value.__module__ == function.__module__:
            yield from _named(value, seen)


def _is_form(value: Any) -> TypeGuard[FormType]:
    return inspect.isclass(value) and issubclass(value, forms.BaseForm)
