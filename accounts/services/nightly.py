"""What time does to accounts: the unused are closed, undecided acts and old sessions end."""

from django.utils import timezone

from accounts.models import UserSession
from accounts.services.accounts import disable_idle
from accounts.services.paired import expire_acts


def tidy_accounts() -> None:
    disable_idle()
    expire_acts()
    UserSession.objects.filter(expire_date__lte=timezone.now()).delete()
