"""One call of the webhook: https to a checked address, signed, without names or words."""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
import time
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.utils import timezone

from core.models import Message
from core.outward.address import Webhook

SECONDS = 5


class _Pinned(http.client.HTTPSConnection):
    """Speaks to the address that was checked, whatever the name resolves to a moment later."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self.address, self.trust = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), SECONDS)
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a full stop and the body; receivers compute the same."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def alias(secret: str, username: str) -> str:
    """Stands for an account: whoever knows secret and account name finds it, nobody else."""
    return hmac.new(secret.encode(), f"recipient {username}".encode(), hashlib.sha256).hexdigest()


def payload(hook: Webhook, site: str, message: Message) -> bytes:
    """What is told: that there is a message of a kind for somebody, and where it is read."""
    said = {
        "version": 1,
        "delivery": message.pk,
        "event": "message",
        "kind": message.kind,
        "recipient": alias(hook.secret, message.recipient.get_username()),
        "url": f"{site}/messages/{message.pk}",
        "at": timezone.localtime(message.created_at).isoformat(timespec="seconds"),
    }
    return json.dumps(said).encode()


def tell(hook: Webhook, site: str, message: Message) -> str:
    """Why it did not arrive, in words, or nothing. Redirections are not followed."""
    parts, body, stamp = urlsplit(hook.url), payload(hook, site, message), str(int(time.time()))
    host, port = parts.hostname or "", parts.port or 443
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Content-Type": "application/json",
        "X-Fgqydj-Timestamp": stamp,
        "X-Fgqydj-Signature": f"sha256={signature(hook.secret, stamp, body)}",
    }
    try:
        address = _checked(host, port, hook)
        context = ssl.create_default_context(cafile=hook.authority or None)
        connection = _Pinned(host, port, address, context)
        try:
            connection.request("POST", path, body, headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except PermissionError as problem:
        return str(problem)
    except ssl.SSLError:
        return "对方的证书不可信"
    except (OSError, http.client.HTTPException):
        return "连不上对方"
    return "" if 200 <= status < 300 else f"对方回答 {status}"


def _checked(host: str, port: int, hook: Webhook) -> str:
    """An address of the host; raises PermissionError where one of them may not be spoken to."""
    found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for text in found:
        address = _plain(ip_address(text))
        if not address.is_global and not any(address in network for network in hook.networks):
            raise PermissionError("对方是内部地址，没有列入 WEBHOOK_PRIVATE")
    return sorted(found)[0]


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address that hides in an IPv6 one comes out."""
    hidden = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return hidden or address
