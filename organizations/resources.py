"""Areas and organizations as sheets of django-import-export; rows come from the guarded reader.

Every row goes through a service, so that places, responsibilities and the log stay complete.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import tablib
from django.db.models import Model, QuerySet
from import_export import fields, widgets
from import_export.resources import ModelResource

from core.columns import Vocabulary
from core.dates import explain, parse_date, today
from core.text import fold, is_missing
from organizations import services
from organizations.columns import AREAS, CHOICES, ORGANIZATIONS
from organizations.models import Area, PartyOrganization

REASON = "表格导入"
NOT_PLACED = "~"  # until the service has placed it


class TextWidget(widgets.CharWidget):  # type: ignore[misc]
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = fold(str(value or ""))
        return "" if is_missing(text) else text


class ChoiceWidget(TextWidget):
    """The Chinese word of a choice; an empty cell means the default."""

    def __init__(self, choices: Sequence[tuple[Any, Any]], default: str = "") -> None:
        super().__init__()
        self.codes = {str(label): str(code) for code, label in choices}
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value)
        if not text:
            return self.default
        if text not in self.codes:
            raise ValueError(f"“{text}”应为{'、'.join(self.codes)}之一")
        return self.codes[text]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return next((label for label, code in self.codes.items() if code == value), "")


class WholeWidget(TextWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:  # type: ignore[override]
        text = super().clean(value) or "0"
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise ValueError(f"“{text}”应为整数")
        return int(text)


class WordsWidget(TextWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value).replace("、", ",").replace(";", ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(value or ())


class DayWidget(TextWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        parsed = parse_date(text)
        if parsed.day is None:
            raise ValueError(explain(parsed.fault) if parsed.fault else f"“{text}”不是确切日期")
        return parsed.day

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class CodeWidget(TextWidget):
    """The code of a row within the user's scope."""

    def __init__(self, rows: QuerySet[Any], *, required: bool = False) -> None:
        super().__init__()
        self.rows = rows
        self.required = required

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if not text and self.required:
            raise ValueError("不能为空")
        if not text:
            return None
        found = self.rows.filter(code=text).first()
        if found is None:
            raise ValueError(f"没有代码为“{text}”的记录，或不在您的范围内")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value else ""


class SheetResource(ModelResource):  # type: ignore[misc]
    """`changes` holds, by code, what the last import changed: (header, before, after)."""

    vocabulary: Vocabulary

    def __init__(self, actor: Any) -> None:
        super().__init__()
        self.actor = actor
        self.changes: dict[str, list[tuple[str, str, str]]] = {}

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self._meta.model.objects.visible_to(self.actor)
        return rows

    def skip_row(
        self, instance: Model, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Leaves out what is already so, and notes what would change."""
        before = {column.field: self._cell(original, column.field) for column in self.vocabulary}
        after = {column.field: self._cell(instance, column.field) for column in self.vocabulary}
        differences = [
            (column.header, before[column.field], after[column.field])
            for column in self.vocabulary
            if before[column.field] != after[column.field]
        ]
        self.changes[str(after["code"])] = differences
        return original.pk is not None and not differences and not import_validation_errors

    def _cell(self, instance: Any, name: str) -> str:
        return str(self.fields[name].export(instance)) if instance is not None else ""

    def cells(self, instance: Any) -> list[str]:
        """A row of the template filled with what the register holds."""
        self.after_init_instance(instance, False, {})
        return [self._cell(instance, column.field) for column in self.vocabulary]

    def dataset(self, rows: Iterable[dict[str, str]]) -> tablib.Dataset:
        """Rows (field → text) as import-export wants them; columns that a file lacks stay out."""
        rows = list(rows)
        names = [column.field for column in self.vocabulary if any(column.field in r for r in rows)]
        data = tablib.Dataset(headers=names)
        data.extend([[row.get(name, "") for name in names] for row in rows])
        return data

    def _changed(self, instance: Any, names: Sequence[str]) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in names}


class AreaResource(SheetResource):
    vocabulary = AREAS
    code = fields.Field("code", "code", TextWidget())
    name = fields.Field("name", "name", TextWidget())
    kind = fields.Field("kind", "kind", ChoiceWidget(CHOICES["areas"]["kind"]))
    park_level = fields.Field(
        "park_level", "park_level", ChoiceWidget(CHOICES["areas"]["park_level"])
    )
    parent = fields.Field("parent", "parent")
    committee = fields.Field("committee", "committee")
    official_order = fields.Field("official_order", "official_order", WholeWidget())
    keywords = fields.Field("keywords", "keywords", WordsWidget())

    class Meta:
        model = Area
        fields = tuple(column.field for column in AREAS)
        import_id_fields = ("code",)
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["parent"].widget = CodeWidget(Area.objects.visible_to(actor))
        self.fields["committee"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def do_instance_save(self, instance: Area, is_create: bool) -> None:
        if is_create:
            services.establish_area(actor=self.actor, area=instance, since=today())
            return
        area = self.get_queryset().get(pk=instance.pk)
        facts = ("name", "kind", "park_level", "parent", "official_order", "keywords")
        services.change_area(
            actor=self.actor, area=area, reason=REASON, **self._changed(instance, facts)
        )
        if instance.committee != area.committee:
            services.hand_over_area(
                actor=self.actor,
                area=area,
                committee=instance.committee,
                on=today(),
                reason=REASON,
            )


class OrganizationResource(SheetResource):
    vocabulary = ORGANIZATIONS
    code = fields.Field("code", "code", TextWidget())
    name = fields.Field("name", "name", TextWidget())
    short_name = fields.Field("short_name", "short_name", TextWidget())
    kind = fields.Field("kind", "kind", ChoiceWidget(CHOICES["organizations"]["kind"]))
    nature = fields.Field(
        "nature", "nature", ChoiceWidget(CHOICES["organizations"]["nature"], "regular")
    )
    parent = fields.Field("superior", "parent")
    secretary_name = fields.Field("secretary_name", "secretary_name", TextWidget())
    established_on = fields.Field("established_on", "established_on", DayWidget())
    official_order = fields.Field("official_order", "official_order", WholeWidget())

    class Meta:
        model = PartyOrganization
        fields = tuple(column.field for column in ORGANIZATIONS)
        import_id_fields = ("code",)
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["parent"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """The superior is a dated fact beside the organization; here it travels with it."""
        instance.superior = None if new else self._superior(instance)
        if new:
            instance.path = NOT_PLACED

    def _superior(self, organization: PartyOrganization) -> PartyOrganization | None:
        placement = organization.placements.as_of(today()).select_related("parent").first()
        return placement.parent if placement else None

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if is_create:
            services.form_organization(
                actor=self.actor, organization=instance, parent=instance.superior
            )
            return
        organization = self.get_queryset().get(pk=instance.pk)
        facts = ("name", "short_name", "kind", "nature", "secretary_name", "established_on")
        services.change_organization(
            actor=self.actor,
            organization=organization,
            reason=REASON,
            **self._changed(instance, (*facts, "official_order")),
        )
        if instance.superior != self._superior(organization):
            services.move_organization(
                actor=self.actor,
                organization=organization,
                parent=instance.superior,
                on=today(),
                reason=REASON,
            )
