"""No space left: the job says so, leaves no half file and no half data, and can be repeated."""

import urllib.request

import pytest

from tests.chaos.checker import judge
from tests.chaos.site import Site

SMALL = 20_000  # bytes that a worker may write into one file
NO_ROOM = 3_000_000  # bytes that the web server may write into one file
UPLOAD = 8_000_000


def leftovers(site: Site) -> list[str]:
    return [path.name for path in (site.files / "media" / "results").glob("*.part")]


def test_an_export_onto_a_full_disk_fails_with_its_reason_and_succeeds_later(site: Site) -> None:
    site.worker("cramped", largest_file=SMALL)
    job = site.submit("toy.export", rows=2000)
    site.until_ended(job)
    code, message = site.query("SELECT error_code, message FROM core_job WHERE id = %s", job)[0]
    assert code == "E-IO-01"
    assert "磁盘空间不足" in message
    assert leftovers(site) == []
    site.kill("cramped")
    site.worker()
    assert site.post(f"/toy/{job}/retry")["changed"]
    site.until_ended(job)
    assert judge(site).lost == 0


def test_an_upload_onto_a_full_disk_makes_no_job_and_the_site_goes_on(site: Site) -> None:
    """The web server itself has no room for the body: the browser sees the upload break off."""
    site.kill("web")
    site.web(largest_file=NO_ROOM)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    upload = urllib.request.Request(
        f"http://127.0.0.1:{site.port}/toy/upload",
        data=head + b"1" * UPLOAD + b"\r\n--x--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    with pytest.raises(OSError, match=r"reset|Broken pipe|HTTP Error"):
        urllib.request.urlopen(upload, timeout=20)
    assert site.value("SELECT count(*) FROM core_job") == 0
    assert list((site.files / "incoming").iterdir()) == []
    assert site.state(site.submit(rows=1)) == "queued"
    site.kill("web")
