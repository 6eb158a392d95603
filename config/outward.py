"""What may leave the building: mail and webhook, both off unless the environment sets them up."""

from ipaddress import ip_network
from urllib.parse import urlsplit

from config import env
from core.outward.address import Network, Webhook

SHORTEST_SECRET = 32


def site() -> str:
    """The address under which users reach the product, without a last slash."""
    url = env.text("SITE_URL").rstrip("/")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise env.SettingError("SITE_URL", "应以 https:// 开头")
    return url


def _needs(name: str, needed: str, value: str) -> None:
    if not value:
        raise env.SettingError(needed, f"设置了 {name}，就必须同时设置它")


def mail() -> bool:
    """Whether users may ask for a daily mail."""
    if not env.flag("MAIL_ENABLED"):
        return False
    for needed in ("SITE_URL", "MAIL_HOST", "MAIL_FROM"):
        _needs("MAIL_ENABLED", needed, env.text(needed))
    return True


def webhook() -> Webhook | None:
    """None unless WEBHOOK_URL is set; what is set wrongly stops the start."""
    url = env.text("WEBHOOK_URL")
    if not url:
        return None
    parts, secret = urlsplit(url), env.secret("WEBHOOK_SECRET")
    _needs("WEBHOOK_URL", "SITE_URL", env.text("SITE_URL"))
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise env.SettingError("WEBHOOK_URL", "只能是 https:// 开头的地址，不能含账号")
    if parts.hostname not in {host.lower() for host in env.words("WEBHOOK_HOSTS")}:
        raise env.SettingError("WEBHOOK_HOSTS", f"没有列出 {parts.hostname}")
    if len(secret) < SHORTEST_SECRET:
        raise env.SettingError("WEBHOOK_SECRET", f"密钥不能少于 {SHORTEST_SECRET} 个字符")
    return Webhook(url, secret, _networks(), env.text("WEBHOOK_CA"))


def _networks() -> tuple[Network, ...]:
    try:
        return tuple(ip_network(word) for word in env.words("WEBHOOK_PRIVATE"))
    except ValueError as problem:
        raise env.SettingError(
            "WEBHOOK_PRIVATE", f"应为网段，如 10.1.2.0/24（{problem}）"
        ) from None
