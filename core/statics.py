"""Our own style sheets and scripts: loaded one by one from source, as two files once published."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = {
    "app.css": (
        "css/tokens.css",
        "css/ui.css",
        "css/forms.css",
        "css/imports.css",
        "css/reports.css",
        "css/organizations.css",
        "css/bodies.css",
        "css/development.css",
        "css/duties.css",
        "css/phone.css",
        "css/print.css",
    ),
    "app.js": (
        "js/ui-events.js",
        "js/ui-menu.js",
        "js/ui-toast.js",
        "js/ui-hotkeys.js",
        "js/ui-search.js",
        "js/ui-table-tools.js",
        "js/ui-dirty.js",
        "js/ui-draft.js",
        "js/ui-jobbar.js",
        "js/ui-tree.js",
        "js/ui-choice.js",
        "js/ui-file.js",
        "js/ui-upload.js",
        "js/ui-grid.js",
        "js/ui-idle.js",
    ),
    # Of the record of a meeting alone.
    "record.css": ("css/activities.css",),
    "record.js": ("js/ui-roster.js", "js/ui-photos.js"),
}


class PublishedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed files, plus the bundles, which exist nowhere in the source."""

    bundled = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        for bundle, parts in {} if dry_run else BUNDLES.items():
            joined = b"\n".join(_read(paths, part) for part in parts)
            self.delete(bundle)
            self._save(bundle, ContentFile(joined))
            paths[bundle] = (self, bundle)
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _read(paths: dict[str, Any], name: str) -> bytes:
    storage, path = paths[name]
    with storage.open(path) as source:
        content: bytes = source.read()
    return content


def addresses(bundle: str) -> list[str]:
    """Where a page finds a bundle: one published file, or its parts during development."""
    if getattr(staticfiles_storage, "bundled", False):
        try:
            return [staticfiles_storage.url(bundle)]
        except ValueError:  # never published: the page stays plain
            return []
    return [staticfiles_storage.url(part) for part in BUNDLES[bundle]]
