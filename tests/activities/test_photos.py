"""Photos of meetings: freed of their position, refused when they are none, seen by scope."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from activities.models import Activity, ActivityPhoto
from tests.activities.meeting import YESTERDAY, fields, hold, key, make_branch, minutes
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(form: str = "JPEG", side: int = 2400, **extra: Any) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((side, side // 2)).convert("RGB").save(out, form, **extra)
    return out.getvalue()


def sent(client: Client, content: bytes, name: str = "现场.jpg") -> Any:
    return client.post("/meetings/photos", {"picture": SimpleUploadedFile(name, content)})


def test_a_photo_loses_its_position_and_is_seen_by_who_sees_the_meeting(world: World) -> None:
    people = make_branch(world.own_branch, 2)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 5.0)
    client = desk(world.secretary)
    said = sent(client, picture(exif=exif)).json()
    photo = ActivityPhoto.objects.get(pk=said["id"])
    assert (photo.width, photo.height) == (960, 1920)
    answer = client.get(f"/meetings/photos/{photo.pk}")
    kept = Image.open(BytesIO(answer.content))
    assert not kept.getexif()
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert desk(world.park_officer).get(f"/meetings/photos/{photo.pk}").status_code == 404
    activity = hold(world.own_branch, minutes(people, photos=[photo.pk]), world.secretary)
    assert activity.photos.count() == 1
    assert desk(world.park_officer).get(f"/meetings/photos/{photo.pk}").status_code == 200
    assert desk(world.west_officer).get(f"/meetings/photos/{photo.pk}").status_code == 404
    stolen = minutes(people, held_on=YESTERDAY - timedelta(days=1), photos=[photo.pk])
    assert hold(world.own_branch, stolen, world.park_officer).photos.count() == 0


def bomb() -> bytes:
    """A PNG of a few bytes that claims to be 60,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><script>alert(1)</script></html>", "这不是可以识别的照片"),
        (picture()[:900], "这不是可以识别的照片"),
        (b"", "这不是可以识别的照片"),
        (bomb(), "像素过大"),
        (b"\xff\xd8\xff" + b"\0" * (20 << 20), "不能超过15MB"),
    ],
    ids=["html", "cut", "empty", "bomb", "20 MB"],
)
def test_what_is_no_honest_photo_is_refused_in_a_sentence(
    world: World, content: bytes, says: str
) -> None:
    answer = sent(desk(world.secretary), content)
    assert answer.status_code == 400
    assert says in answer.json()["text"]
    assert not ActivityPhoto.objects.exists()


def test_without_script_the_pictures_go_with_the_form(world: World) -> None:
    make_branch(world.own_branch, 2)
    client = desk(world.secretary)
    page = client.get("/meetings/new")
    typed = fields(page, kinds=[key("theme_day")], title="学习")
    bad = {**typed, "pictures": [SimpleUploadedFile("网页.jpg", b"<html>")]}
    assert "网页.jpg：这不是" in client.post("/meetings/new", bad).content.decode()
    good = [SimpleUploadedFile("a.png", picture("PNG"))]
    client.post("/meetings/new", {**typed, "pictures": good})
    assert Activity.objects.get().photos.count() == 1
