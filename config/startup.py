"""What web and worker processes look at once before they serve, beyond the settings themselves."""

from django.conf import settings
from django.db import OperationalError, connection

from config.env import SettingError


def refuse_superuser() -> None:
    """In production the serving role must be bound by its rights; a superuser is not.

    A database that is down now is no reason: the process starts and answers 503 until it is back.
    """
    if not settings.PRODUCTION:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            found = cursor.fetchone()
    except OperationalError:
        return
    if found and found[0]:
        raise SettingError("DATABASE_URL", "生产环境不得使用数据库超级用户，请改用受限账号 app")
