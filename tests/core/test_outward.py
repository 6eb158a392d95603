"""The webhook: off by default; https, signed, to listed hosts, without names; tried again."""

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from accounts.models import User
from config import outward
from config.env import SettingError
from core.jobs import run_now
from core.models import Job, MessageKind
from core.notices import notify
from core.outward import delivery, webhook
from core.outward.address import Webhook
from core.outward.models import Outgoing
from tests.core.cast import person

pytestmark = pytest.mark.django_db

SECRET = "s" * 32
SITE = "https://dangjian.example"


class Receiver(HTTPServer):
    """Notes what arrives and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.got: list[tuple[Any, bytes]] = []
        self.status = 204


class _Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost that vouches for itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture
def receiver(certificate: Path) -> Iterator[Receiver]:
    server = Receiver()
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(receiver: Receiver, certificate: Path, settings: Any) -> Webhook:
    url = f"https://localhost:{receiver.server_port}/hook?x=1"
    settings.WEBHOOK = Webhook(url, SECRET, (ip_network("127.0.0.0/8"),), str(certificate))
    settings.SITE_URL = SITE
    return settings.WEBHOOK  # type: ignore[no-any-return]


def send(key: str = "1") -> None:
    notify(
        [User.objects.filter(username="wang").first() or person("wang", "王经办")],
        kind=MessageKind.ACTION,
        title="李四：转正",
        url="/development/7",
        key=key,
        body="身份证号 110101",
    )


def deliver() -> Job:
    """The job of this minute, run here and now."""
    Job.objects.all().delete()
    delivery.submit_due()
    job = Job.objects.get()
    run_now(job)
    job.refresh_from_db()
    return job


def test_nothing_is_noted_or_sent_unless_it_is_set_up() -> None:
    send()
    delivery.submit_due()
    assert not Outgoing.objects.exists()
    assert not Job.objects.exists()


def test_a_message_arrives_once_signed_and_without_names(hook: Webhook, receiver: Receiver) -> None:
    send()
    send()
    assert deliver().message == "送达 1 条"
    ((headers, body),) = receiver.got
    stamp = headers["X-Fgqydj-Timestamp"]
    assert headers["X-Fgqydj-Signature"] == f"sha256={webhook.signature(SECRET, stamp, body)}"
    outgoing = Outgoing.objects.select_related("message").get()
    assert json.loads(body) == {
        "version": 1,
        "delivery": outgoing.message.pk,
        "event": "message",
        "kind": "action",
        "recipient": webhook.alias(SECRET, "wang"),
        "url": f"{SITE}/messages/{outgoing.message.pk}",
        "at": timezone.localtime(outgoing.message.created_at).isoformat(timespec="seconds"),
    }
    assert (outgoing.attempts, outgoing.next_at) == (1, None)
    delivery.submit_due()
    assert Job.objects.count() == 1


def test_what_does_not_arrive_is_tried_again_later_and_given_up_in_the_end(
    hook: Webhook, receiver: Receiver
) -> None:
    receiver.status = 503
    send()
    waits = []
    for _ in range(6):
        assert "未送达 1 条：对方回答 503" in deliver().message
        outgoing = Outgoing.objects.get()
        if outgoing.next_at:
            waits.append(round((outgoing.next_at - timezone.now()).total_seconds() / 60))
            Outgoing.objects.update(next_at=timezone.now())
    assert waits == list(delivery.WAITS)
    assert (outgoing.next_at, outgoing.sent_at, outgoing.attempts) == (None, None, 6)
    for number in range(5):
        send(f"later {number}")
    assert "未送达 3 条" in deliver().message  # a receiver that is away keeps no job busy
    assert Outgoing.objects.filter(attempts=0).count() == 2


def test_private_addresses_redirections_and_strange_certificates_are_refused(
    hook: Webhook, receiver: Receiver
) -> None:
    send()
    message = Outgoing.objects.get().message

    def told(**facts: Any) -> str:
        return webhook.tell(Webhook(**{**vars(hook), **facts}), SITE, message)

    assert told(networks=()) == "对方是内部地址，没有列入 WEBHOOK_PRIVATE"
    assert told(networks=(), url="https://[::ffff:127.0.0.1]/") == told(networks=())
    assert told(authority="") == "对方的证书不可信"
    assert not receiver.got
    receiver.status = 302
    assert told() == "对方回答 302"
    assert len(receiver.got) == 1


def test_a_webhook_set_up_wrongly_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    right = {
        "SITE_URL": SITE,
        "WEBHOOK_URL": "https://a.example/hook",
        "WEBHOOK_HOSTS": "a.example",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PRIVATE": "10.0.0.0/8",
    }
    wrong = (
        ("WEBHOOK_URL", "http://a.example/"),
        ("WEBHOOK_URL", "https://u:p@a.example/"),
        ("WEBHOOK_HOSTS", "b.example"),
        ("WEBHOOK_SECRET", "short"),
        ("WEBHOOK_PRIVATE", "10.0.0.1/8"),
        ("SITE_URL", ""),
    )
    for name, value in wrong:
        for each, good in right.items():
            monkeypatch.setenv(each, good)
        assert outward.webhook() is not None
        monkeypatch.setenv(name, value)
        with pytest.raises(SettingError) as refused:
            outward.webhook()
        assert refused.value.name == name
