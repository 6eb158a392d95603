"""No space left: the job says so, leaves no half file and no half data, and can be repeated."""

from tests.chaos.checker import judge
from tests.chaos.site import Site

SMALL = 20_000  # bytes that a worker may write into one file


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
