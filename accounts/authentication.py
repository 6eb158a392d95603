"""Who may call the API: tokens, the scope of a token, and the permission that a view names."""

from typing import TYPE_CHECKING, Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, TokenScope, User
from accounts.tokens import find_token

if TYPE_CHECKING:
    from rest_framework.views import APIView  # itself asks for the classes below

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer fg_…`"""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != SCHEME.lower().encode():
            return None
        token = find_token(words[1].decode("latin-1")) if len(words) == 2 else None
        if token is None:
            raise AuthenticationFailed("令牌无效或已过期")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class ApiPermission(BasePermission):
    """The view's `permission` of the user and, for a token, its `token_scope`.

    Writing asks for the view's `write_permission`, and of a token for the scope of writing too. A
    view without `permission` is open to every user; rows are a matter of `visible_to`.
    """

    message = "当前账号或令牌没有读取这类数据的权限"

    def has_permission(self, request: Request, view: "APIView") -> bool:
        user: Any = request.user
        if not user or not user.is_authenticated:
            return False
        permission, scopes = getattr(view, "permission", ""), {getattr(view, "token_scope", "")}
        if request.method not in SAFE_METHODS and hasattr(view, "write_permission"):
            self.message = "当前账号或令牌没有登记这类数据的权限"
            permission, scopes = view.write_permission, {*scopes, TokenScope.WRITE.value}
        if permission and not user.has_perm(permission):
            return False
        return not isinstance(request.auth, ApiToken) or scopes - {""} <= {*request.auth.scopes}
