"""The people of the tests of core."""

from accounts.models import User


def person(username: str, full_name: str = "") -> User:
    """Someone who may sign in and has no post."""
    user = User(username=username, full_name=full_name or username, must_change_password=False)
    user.set_unusable_password()
    user.save()
    return user
