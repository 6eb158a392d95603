"""Impatient clerks: double clicks, resent forms, uploads cut off."""

import socket
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

CLICKS = 30
TRIES = 20


def click(site: Site, key: str) -> int:
    """Jobs that thirty presses of one button made."""
    with ThreadPoolExecutor(CLICKS) as pool:
        list(pool.map(lambda _: _one_click(site, key), range(CLICKS)))
    return int(site.value("SELECT count(*) FROM core_job WHERE idempotency_key = %s", key))


def _one_click(site: Site, key: str) -> None:
    try:
        site.submit(rows=1, key=key)
    except OSError:
        return  # an answer of 500 is what the control is about


def test_thirty_presses_are_one_job(site: Site) -> None:
    assert click(site, "button") == 1


def test_without_the_unique_key_they_are_more(site: Site) -> None:
    """Negative control."""
    site.query("DROP INDEX core_job_once")
    try:
        assert any(click(site, f"button {number}") > 1 for number in range(TRIES))
    finally:
        site.query("TRUNCATE core_job")
        site.query(
            "CREATE UNIQUE INDEX core_job_once ON core_job (owner_id, kind, idempotency_key)"
            " NULLS NOT DISTINCT"
        )


def test_an_upload_cut_off_half_way_makes_no_job_and_leaves_no_file(site: Site) -> None:
    boundary, whole = "xxxx", 8_000_000
    head = (
        f"POST /toy/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {whole}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n"
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="名录.csv"\r\n\r\n'
    )
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(head.encode() + b"x" * (whole // 2))
    later = site.submit(rows=1)
    assert site.state(later) == "queued"
    until(lambda: not list((site.files / "incoming").iterdir()), "no file left", PATIENCE)
    assert site.value("SELECT count(*) FROM core_job") == 1
