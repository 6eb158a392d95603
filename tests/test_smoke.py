"""The schema comes up and the scope fails closed."""

import pytest

from enterprises.models import Enterprise
from organizations.scoping import Scope


class Nobody:
    scope = Scope()


@pytest.mark.django_db
def test_a_user_without_scope_sees_no_enterprise() -> None:
    assert not Enterprise.objects.visible_to(Nobody()).exists()
