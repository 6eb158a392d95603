"""The product's settings with the toy jobs added."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as PRODUCT_APPS
from config.settings import VAR_DIR

INSTALLED_APPS = [*PRODUCT_APPS, "tests.chaos"]
ROOT_URLCONF = "tests.chaos.urls"
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 1
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "incoming"
