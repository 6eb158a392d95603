"""Writes the generated pages of docs/ from the declarations in the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports.reference import pages


class Command(BaseCommand):
    help = "由代码中的声明生成 docs/ 里的指标、台账和参数说明"

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        for name, content in pages():
            (folder / name).write_text(content, encoding="utf-8")
            self.stdout.write(f"docs/{name}")
