"""Photos on their way in: verified, turned upright, made small, freed of everything but pixels."""

import hashlib
import warnings
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from activities.models import ActivityPhoto
from core import audit

MOST_BYTES = 15 << 20
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE, SMALL = 1920, 320
QUALITY = 82
NOT_A_PHOTO = "这不是可以识别的照片，请选择 JPG、PNG 或 WebP 图片。"


def take(*, actor: Any, file: IO[bytes], size: int) -> ActivityPhoto:
    """Keep a picture until its record is saved; raises ValidationError with the reason."""
    if size > MOST_BYTES:
        raise ValidationError(f"照片不能超过{MOST_BYTES >> 20}MB，请缩小后再传。")
    sent = file.read(MOST_BYTES + 1)
    picture = _opened(sent)
    large, small = _scaled(picture, LARGE), _scaled(picture, SMALL)
    photo = ActivityPhoto(
        id=uuid4(),
        owner_id=actor.pk,
        width=large.width,
        height=large.height,
        sha256=hashlib.sha256(sent).hexdigest(),
        likeness=likeness(picture),
    )
    photo.path = default_storage.save(f"photos/{photo.pk}.jpg", _file(large))
    default_storage.save(small_path(photo), _file(small))
    with transaction.atomic():
        photo.save(force_insert=True)
        audit.record(actor=actor, verb="activity.photo", target=photo)
    return photo


def small_path(photo: ActivityPhoto) -> str:
    return f"{photo.path.rsplit('.', 1)[0]}-small.jpg"


def likeness(picture: Image.Image) -> int:
    """64 bits: whether each of 8 by 8 fields is brighter than the next; as a signed number."""
    grey = picture.convert("L").resize((9, 8))
    dots = list(grey.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = dots[row * 9 + column], dots[row * 9 + column + 1]
            bits = bits << 1 | (left > right)
    return bits - (1 << 64) if bits >> 63 else bits


def _opened(sent: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(sent), formats=FORMATS) as head:
                if head.width * head.height > MOST_PIXELS:
                    raise ValidationError("照片的像素过大，请缩小后再传。")
                head.verify()
            with Image.open(BytesIO(sent), formats=FORMATS) as picture:
                picture.draft("RGB", (LARGE, LARGE))
                upright = ImageOps.exif_transpose(picture)
                return upright.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError("照片的像素过大，请缩小后再传。") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError):
        raise ValidationError(NOT_A_PHOTO) from None


def _scaled(picture: Image.Image, side: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((side, side))
    return copy


def _file(picture: Image.Image) -> "ContentFile[bytes]":
    out = BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return ContentFile(out.getvalue())
