"""What a user typed and has not submitted: kept from tab to tab, never overwritten unseen."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from core.models import Draft

MAX_BYTES = 200_000


class DraftConflict(Exception):
    """The draft was saved from elsewhere since this page read it."""

    def __init__(self, current: Draft) -> None:
        super().__init__(current.version)
        self.current = current


def load(owner: AbstractBaseUser, form_key: str, target_id: str = "") -> Draft | None:
    return Draft.objects.filter(owner_id=owner.pk, form_key=form_key, target_id=target_id).first()


@transaction.atomic
def save(
    owner: AbstractBaseUser,
    form_key: str,
    target_id: str = "",
    *,
    payload: dict[str, Any],
    version: int,
) -> Draft:
    """Store the payload over version `version` (0: the page knew of no draft)."""
    draft, created = Draft.objects.select_for_update().get_or_create(
        owner_id=owner.pk,
        form_key=form_key,
        target_id=target_id,
        defaults={"payload": payload},
    )
    if created or draft.payload == payload:
        return draft
    if draft.version != version:
        raise DraftConflict(draft)
    draft.payload, draft.version = payload, version + 1
    draft.save(update_fields=["payload", "version", "updated_at"])
    return draft


def discard(owner: AbstractBaseUser, form_key: str, target_id: str = "") -> None:
    Draft.objects.filter(owner_id=owner.pk, form_key=form_key, target_id=target_id).delete()
