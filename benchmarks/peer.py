"""The peer: django-import-export as its documentation shows it, on the very same tables.

It takes every column of the file: the register by one resource, the yearly record by a second one.
It checks no digit, knows no vanished row, keeps no history of changes and no raw rows, and asks
nobody; what it is measured against does all of that.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import tablib
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader

from benchmarks.generate import HEADERS
from enterprises.models import Enterprise, EnterpriseYear
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
DAY = date(2026, 12, 31)


class Lenient(widgets.DateWidget):  # type: ignore[misc]
    """Impossible dates become empty, as our pipeline leaves them out too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            return None


class Yuan(widgets.DecimalWidget):  # type: ignore[misc]
    """1000万元人民币 and plain numbers of 万元, in yuan."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return Decimal(str(value).removesuffix("万元人民币")) * 10_000 if value else None


class Status(widgets.CharWidget):  # type: ignore[misc]
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return "in_operation" if str(value).startswith("存续") else "deregistered"


class Whole(widgets.IntegerWidget):  # type: ignore[misc]
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except (ValueError, InvalidOperation):
            return None


class OncePerCode(resources.ModelResource):  # type: ignore[misc]
    """Leaves out what comes again in the file: a bulk insert of it would fail as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._met: set[str] = set()

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any
    ) -> Any:
        code = row["统一社会信用代码"]
        if code in self._met:
            return True
        self._met.add(code)
        return super().skip_row(instance, original, row, import_validation_errors)


class EnterpriseResource(resources.ModelResource):  # type: ignore[misc]
    class Meta:
        model = Enterprise
        import_id_fields = ("uscc",)
        fields = (*TEXT.values(), "established_on", "registered_capital", "operating_status")

    def __init__(self) -> None:
        super().__init__()
        self.county = Area.objects.get(kind=AreaKind.COUNTY)

    def before_save_instance(self, instance: Enterprise, row: Any, **kwargs: Any) -> None:
        instance.county = self.county


for header, name in TEXT.items():
    EnterpriseResource.fields[name] = fields.Field(name, header)
EnterpriseResource.fields |= {
    "established_on": fields.Field("established_on", "成立日期", Lenient()),
    "registered_capital": fields.Field("registered_capital", "注册资本", Yuan()),
    "operating_status": fields.Field("operating_status", "登记状态", Status()),
}


class YearResource(resources.ModelResource):  # type: ignore[misc]
    """What was measured this year; the enterprise is found by its code."""

    enterprise = fields.Field(
        "enterprise", "统一社会信用代码", widgets.ForeignKeyWidget(Enterprise, "uscc")
    )
    reference_date = fields.Field("reference_date", "普查时点", widgets.DateWidget())
    employee_count = fields.Field("employee_count", "从业人数", Whole())
    annual_revenue = fields.Field("annual_revenue", "年营业收入(万元)", Yuan())

    class Meta:
        model = EnterpriseYear
        import_id_fields = ("enterprise", "reference_date")
        fields = ("enterprise", "reference_date", "employee_count", "annual_revenue")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        dataset.append_col([DAY.isoformat()] * len(dataset), header="普查时点")


class KnownEnterprises(widgets.ForeignKeyWidget):  # type: ignore[misc]
    """All enterprises by code, fetched once: what a careful user writes for a large file."""

    def __init__(self) -> None:
        super().__init__(Enterprise, "uscc")
        self._known = {one.uscc: one for one in Enterprise.objects.only("pk", "uscc")}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self._known[value]


class TunedYearResource(OncePerCode, YearResource):
    """Every record of the year is new, so nothing is looked up."""

    class Meta:
        model = EnterpriseYear
        import_id_fields = ("enterprise", "reference_date")
        fields = YearResource._meta.fields
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        force_init_instance = True

    def __init__(self) -> None:
        super().__init__()
        self.fields["enterprise"].widget = KnownEnterprises()


class TunedResource(OncePerCode, EnterpriseResource):
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


def import_file(path: Path, *, tuned: bool = False, dry_run: bool = False) -> dict[str, float]:
    """File on disk to rows in the table, or to its preview: what a user of the library gets."""
    if path.suffix == ".xlsx":
        dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    else:
        dataset = tablib.Dataset().load(path.read_text(encoding="utf-8"), format="csv")
    assert tuple(dataset.headers) == HEADERS
    started = perf_counter()
    resource = TunedResource() if tuned else EnterpriseResource()
    result = resource.import_data(dataset, raise_errors=False, dry_run=dry_run)
    register = round(perf_counter() - started, 2)
    totals, problems = dict(result.totals), list(result.base_errors)
    if not dry_run:
        year = TunedYearResource() if tuned else YearResource()
        years = year.import_data(dataset, raise_errors=False)
        totals["error"] += years.totals["error"] + years.totals["invalid"]
        problems += years.base_errors
    if problems:
        raise problems[0].error
    return {
        "rows": len(dataset),
        "new": totals["new"],
        "error": totals["error"],
        "register_seconds": register,
    }


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
