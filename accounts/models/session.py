"""Sessions that know whose they are, so that users see and end their own."""

from typing import TYPE_CHECKING

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from accounts.models.user import User

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase


class UserSession(AbstractBaseSession):
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    address = models.GenericIPAddressField("地址", null=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)
    signed_in_at = models.DateTimeField("登录时间", null=True)
    active_at = models.DateTimeField("最近操作", null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = verbose_name_plural = "会话"
        ordering = ["-signed_in_at"]

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        from accounts.sessions import SessionStore

        return SessionStore
