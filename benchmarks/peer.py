"""The peer: django-import-export as its documentation shows it, on the very same table.

It maps, converts and saves, and keeps a result per row. It checks no digit, knows no vanished row,
keeps no history and asks nobody; what it is measured against does all of that.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import tablib
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from benchmarks.generate import HEADERS
from enterprises.models import Enterprise
from organizations.models import Area, AreaKind

TEXT = {
    "统一社会信用代码": "uscc",
    "企业名称": "name",
    "法定代表人": "legal_representative",
    "企业类型": "enterprise_type",
    "行业代码": "industry_code",
    "行业门类": "industry",
    "住所": "registered_address",
    "经营地址": "business_address",
    "登记机关": "registration_authority",
    "联系电话": "phone",
    "经营范围": "business_scope",
}
DAYS = {"成立日期": "established_on"}


class Lenient(widgets.DateWidget):
    """Impossible dates become empty, as our pipeline leaves them out too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            return None


class EnterpriseResource(resources.ModelResource):
    class Meta:
        model = Enterprise
        import_id_fields = ("uscc",)
        fields = tuple(TEXT.values()) + tuple(DAYS.values())

    def __init__(self) -> None:
        super().__init__()
        self.county = Area.objects.get(kind=AreaKind.COUNTY)

    def before_save_instance(self, instance: Enterprise, row: Any, **kwargs: Any) -> None:
        instance.county = self.county


for header, name in TEXT.items():
    EnterpriseResource.fields[name] = fields.Field(name, header)
for header, name in DAYS.items():
    EnterpriseResource.fields[name] = fields.Field(name, header, Lenient())


class TunedResource(EnterpriseResource):
    """The best documented options found: bulk writes, cached look-up, unchanged rows skipped.

    Not `skip_diff`: with it the library skips no row, and its bulk update of every row is slower.
    """

    class Meta:
        model = Enterprise
        import_id_fields = ("uscc",)
        fields = EnterpriseResource._meta.fields
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        report_skipped = False
        instance_loader_class = CachedInstanceLoader


def import_file(path: Path, *, tuned: bool = False, dry_run: bool = False) -> dict[str, int]:
    """File on disk to rows in the table, or to its preview: what a user of the library gets."""
    if path.suffix == ".xlsx":
        dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    else:
        dataset = tablib.Dataset().load(path.read_text(encoding="utf-8"), format="csv")
    assert tuple(dataset.headers) == HEADERS
    resource = TunedResource() if tuned else EnterpriseResource()
    result = resource.import_data(dataset, raise_errors=False, dry_run=dry_run)
    totals = dict(result.totals)
    return {"rows": len(dataset), "new": totals.get("new", 0), "error": totals.get("error", 0)}


def export_file(path: Path) -> dict[str, int]:
    """The whole register as a plain workbook, as the library's documentation shows it."""
    names = tuple(field.name for field in Enterprise._meta.concrete_fields)[:EXPORTED]
    plain = resources.modelresource_factory(Enterprise, meta_options={"fields": names})
    dataset = plain().export(Enterprise.objects.order_by("pk"))
    path.write_bytes(dataset.export("xlsx"))
    return {"rows": len(dataset)}


EXPORTED = 20
CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "peer_import": lambda file: partial(import_file, Path(file)),
    "peer_tuned": lambda file: partial(import_file, Path(file), tuned=True),
    "peer_preview": lambda file: partial(import_file, Path(file), dry_run=True),
    "peer_export": lambda file: partial(export_file, Path(file)),
}
