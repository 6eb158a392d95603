"""Areas and organizations as sheets."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from import_export import fields

from core.dates import today
from organizations import services, sheet_jobs, sheets
from organizations.columns import AREAS, CHOICES, ORGANIZATIONS
from organizations.forms import CONTACT
from organizations.models import Area, PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WholeWidget,
    WordsWidget,
)

NOT_PLACED = "~"  # until the service has placed it


class AreaResource(SheetResource):
    vocabulary = AREAS
    code = fields.Field("code", "code", FoldedWidget())
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

    def template_rows(self) -> QuerySet[Any]:
        return self.get_queryset().select_related("parent", "committee")

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
    code = fields.Field("code", "code", FoldedWidget())
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
    contact_name = fields.Field("contact_name", "contact_name", TextWidget())
    phone = fields.Field("phone", "phone", FoldedWidget())
    address = fields.Field("address", "address", TextWidget())
    fax = fields.Field("fax", "fax", FoldedWidget())
    postcode = fields.Field("postcode", "postcode", FoldedWidget())
    community = fields.Field("community", "community", TextWidget())
    on = fields.Field("act_on", "on", DayWidget())
    document = fields.Field("act_document", "document", TextWidget())

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
        self.fields["parent"].widget = CodeWidget(PartyOrganization.objects.visible_to(actor))

    def template_rows(self) -> QuerySet[Any]:
        """With their superiors at hand, however many there are."""
        return self.get_queryset().prefetch_related("placements__parent")

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """Only the topmost organization, which is known already, goes without a superior."""
        errors = dict(import_validation_errors or {})
        is_top = instance.pk is not None and self._superior(instance) is None
        if instance.superior is None and "superior" not in errors and not is_top:
            errors["superior"] = ValidationError("不能为空")
        super().validate_instance(instance, errors, validate_unique)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Superior, day and document stand beside the organization; here they travel with it."""
        instance.superior = None if new else self._superior(instance)
        instance.act_on, instance.act_document = None, ""
        if new:
            instance.path = NOT_PLACED

    def _superior(self, organization: PartyOrganization) -> PartyOrganization | None:
        day = today()
        places = (
            place
            for place in organization.placements.all()
            if place.valid_from <= day and (place.valid_to is None or place.valid_to > day)
        )
        return next((place.parent for place in places), None)

    def skip_row(
        self, instance: Model, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """A day and a document alone change nothing."""
        skipped = super().skip_row(instance, original, row, import_validation_errors)
        acts = {column.header for column in ORGANIZATIONS if column.field in ("on", "document")}
        idle = all(header in acts for header, _, _ in self._changes)
        return skipped or (original.pk is not None and idle and not import_validation_errors)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if is_create:
            services.form_organization(
                actor=self.actor,
                organization=instance,
                parent=instance.superior,
                document=instance.act_document,
                reason=REASON,
            )
            return
        organization = self.get_queryset().get(pk=instance.pk)
        act = {
            "actor": self.actor,
            "organization": organization,
            "on": instance.act_on or today(),
            "document": instance.act_document,
            "reason": REASON,
        }
        self._rename(instance, organization, act)
        facts = ("name", "short_name", "nature", "secretary_name", "established_on")
        services.change_organization(
            actor=self.actor,
            organization=organization,
            reason=REASON,
            **self._changed(instance, (*facts, "official_order", *CONTACT)),
        )
        if instance.superior != self._superior(organization):
            services.move_organization(parent=instance.superior, **act)

    def _rename(
        self, instance: PartyOrganization, organization: PartyOrganization, act: dict[str, Any]
    ) -> None:
        """Another kind is an act; so is another name or nature with a document, else corrected."""
        named = instance.name != organization.name
        if instance.kind != organization.kind or (
            instance.nature != organization.nature and act["document"]
        ):
            services.upgrade_organization(
                kind=instance.kind, name=instance.name, nature=instance.nature, **act
            )
        elif named and act["document"]:
            services.rename_organization(name=instance.name, **act)


def register() -> None:
    """Called from AppConfig.ready."""
    sheet_jobs.register()
    sheets.register(
        Sheet("areas", "辖区", "organizations:area_list", AreaResource, CHOICES["areas"])
    )
    sheets.register(
        Sheet(
            "organizations",
            "党组织",
            "organizations:organization_list",
            OrganizationResource,
            CHOICES["organizations"],
        )
    )
