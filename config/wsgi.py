"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from config.startup import refuse_superuser

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "15")

application = get_wsgi_application()
refuse_superuser()
