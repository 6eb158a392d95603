"""What every part of the API shares: pages, and errors in one shape."""

import logging
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

logger = logging.getLogger("django.request")
# Where nobody said anything more exact.
_SENTENCES: dict[type[Exception], str] = {
    exceptions.NotAuthenticated: "请先登录，或带上接口令牌",
    exceptions.NotFound: "没有这条记录，或不在您的范围内",
    exceptions.PermissionDenied: "没有权限",
}
# Their own sentences speak of methods and media types, partly in English.
_ALWAYS: dict[type[Exception], str] = {
    exceptions.MethodNotAllowed: "这个地址只能读取或登记，不支持这种请求方法",
    exceptions.NotAcceptable: "接口只返回 JSON",
    exceptions.UnsupportedMediaType: "接口只接受 JSON",
    exceptions.ParseError: "请求内容无法识别",
}


class Pages(CursorPagination):
    """Forward and back by a cursor: as quick on the last page as on the first."""

    ordering = "id"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500
    page_size_query_description = "每页条数，最多 500"
    cursor_query_description = "翻页游标，取自上一次返回的 next 或 previous"
    invalid_cursor_message = "翻页游标无效"


def error_answer(problem: Exception, context: dict[str, Any]) -> Response:
    """Every refusal in one shape: code, Chinese sentence, and the parameters at fault."""
    from rest_framework.views import set_rollback  # the views ask for the classes below

    known = _known(problem)
    set_rollback()
    fields: dict[str, Any] = {}
    sentence = _sentence(known)
    if isinstance(known, exceptions.ValidationError) and isinstance(known.detail, dict):
        fields = {name: [str(one) for one in errors] for name, errors in known.detail.items()}
        sentence = "；".join(fields.pop(NON_FIELD_ERRORS, ())) or "参数有误"
    body = {"error": {"code": _code(known), "message": sentence, "fields": fields}}
    headers: dict[str, str] = {}
    if wait := getattr(known, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if header := getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = header
    return Response(body, status=known.status_code, headers=headers)


def _known(problem: Exception) -> exceptions.APIException:
    if isinstance(problem, exceptions.APIException):
        return problem
    if isinstance(problem, Http404):
        return exceptions.NotFound()
    if isinstance(problem, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(problem, DjangoValidationError):
        return exceptions.ValidationError(problem.messages)
    logger.error("API failed", exc_info=problem)
    return exceptions.APIException("系统出错了，请把请求编号告诉管理员")


def _sentence(problem: exceptions.APIException) -> str:
    if isinstance(problem, exceptions.Throttled):
        return f"请求过于频繁，请 {int(getattr(problem, 'wait', None) or 0)} 秒后再试"
    if sentence := _ALWAYS.get(type(problem)):
        return sentence
    is_default = problem.detail == type(problem).default_detail
    if is_default and (sentence := _SENTENCES.get(type(problem))):
        return sentence
    detail = problem.detail
    return "；".join(map(str, detail)) if isinstance(detail, list) else str(detail)


def _code(problem: exceptions.APIException) -> str:
    codes = problem.get_codes()
    return codes if isinstance(codes, str) else "invalid"


class ErrorBody(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField(help_text="英文错误码")
    message = serializers.CharField(help_text="中文说明")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), help_text="各参数的错误"
    )


class ErrorAnswer(serializers.Serializer[dict[str, Any]]):
    error = ErrorBody()


ERRORS = dict.fromkeys((400, 401, 403, 404, 429), ErrorAnswer)
