"""The page that shows one whole number, after a reason was given, for a minute."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import readable
from core import reveal as revealing
from core.forms import WordsField
from core.masking import REVEAL_PERMISSION
from core.permissions import require

SECONDS = 60


class RevealForm(forms.Form):
    reason = WordsField(
        label="理由",
        max_length=200,
        help_text="将记入操作日志",
        error_messages={"required": "请填写查看原值的理由。"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(REVEAL_PERMISSION)
def reveal(request: HttpRequest, model: str, pk: int, field: str) -> HttpResponse:
    user: Any = request.user
    target = revealing.find(user, model, pk, field)
    if target is None:
        raise Http404
    form, value = RevealForm(request.POST or None), ""
    if form.is_valid():
        try:
            value = revealing.reveal(
                actor=user, target=target, field=field, reason=form.cleaned_data["reason"]
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
    context = {
        "title": f"查看{readable.label(model, field)}",
        "crumbs": [(str(target), target.get_absolute_url())],
        "target": target,
        "label": readable.label(model, field),
        "value": value,
        "masked": readable.shown(model, field, getattr(target, field)),
        "form": form,
        "seconds": SECONDS,
    }
    response = render(request, "core/reveal.html", context)
    if value:
        response.headers["Refresh"] = f"{SECONDS}; url={target.get_absolute_url()}"
    return response
