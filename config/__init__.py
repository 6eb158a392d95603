"""Composition of the project: settings, routes, menu, Celery."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
