"""Named filters over organizations and areas."""

from datetime import date
from typing import ClassVar, Self

from django.db.models import Exists, OuterRef, Q

from core.text import fold
from core.validity import valid_on
from organizations.scoping import Scope, ScopedQuerySet, path_condition


class OrganizationQuerySet(ScopedQuerySet):
    scope_lookup = "path"

    def existing(self, day: date) -> Self:
        """Set up by that day and not abolished on it; one restored later was missing between."""
        from organizations.models.placement import Placement

        places = Placement.objects.filter(organization=OuterRef("pk"))
        return self.filter(
            Q(established_on__isnull=True) | Q(established_on__lte=day),
            Q(abolished_on__isnull=True) | Q(abolished_on__gt=day),
            ~Exists(places.filter(valid_to__lte=day)) | Exists(places.filter(valid_on(day))),
        )

    def that_were(self, day: date, **facts: str) -> Self:
        """Those whose name, kind or nature was so on that day."""
        from organizations.models.period import OrganizationPeriod

        periods = OrganizationPeriod.objects.as_of(day).filter(**facts)
        return self.filter(pk__in=periods.values("organization"))

    def for_posts(self) -> Self:
        """All of them: whoever hands out posts chooses among them, and sees nothing else."""
        return self.filter(abolished_on=None)

    def search(self, text: str) -> Self:
        """Those that a name, a code, full pinyin or its initials finds."""
        word = fold(text)
        return self.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(code__iexact=word)
            | Q(search_key__contains=word.lower().replace(" ", ""))
        )

    def subtree_of(self, path: str) -> Self:
        return self.filter(path__startswith=path)


class AreaQuerySet(ScopedQuerySet):
    scope_lookup = "committee__path"

    def reporting(self) -> Self:
        """Areas that enterprises are counted under: townships, streets and parks."""
        from organizations.models.area import REPORTING_KINDS

        return self.filter(kind__in=REPORTING_KINDS, closed_on__isnull=True)

    def classifying(self) -> Self:
        """Areas that stand beside them: buildings, markets, grids and industry chains."""
        from organizations.models.area import CLASSIFYING_KINDS

        return self.filter(kind__in=CLASSIFYING_KINDS, closed_on__isnull=True)


class ChangeQuerySet(ScopedQuerySet):
    """Acts are seen by whoever sees one of the organizations that took part."""

    scope_lookup = "parts__organization__path"

    def scope_condition(self, scope: Scope) -> Q:
        from organizations.models.change import ChangePart

        inside = path_condition("organization__path", scope.subtrees)
        return Q(pk__in=ChangePart.objects.filter(inside).values("change"))

    def of(self, organization_id: int) -> Self:
        """The history of one organization, also the acts in which it was a partner."""
        return self.filter(parts__organization=organization_id).distinct()

    def about(self, organization_id: int) -> Self:
        """The acts that the organization itself was subjected to."""
        from organizations.models.change import ChangePart

        subject = ChangePart.objects.filter(
            organization=organization_id, role=ChangePart.Role.SUBJECT
        )
        return self.filter(pk__in=subject.values("change"))


class OfOrganizationQuerySet(ScopedQuerySet):
    """Rows that hang on an organization and share its scope."""

    scope_lookup = "organization__path"


class DatedOfOrganizationQuerySet(OfOrganizationQuerySet):
    """The same for dated rows."""

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class OfSiteQuerySet(ScopedQuerySet):
    """Rows that hang on a site, which is seen with its organization or its area."""

    scope_lookup = "site__organization__path"
    _site: ClassVar[str] = "site__"

    def scope_condition(self, scope: Scope) -> Q:
        own = path_condition(f"{self._site}organization__path", scope.subtrees)
        return own | path_condition(f"{self._site}area__committee__path", scope.subtrees)


class SiteQuerySet(OfSiteQuerySet):
    """The sites themselves."""

    scope_lookup = "organization__path"
    _site = ""

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class TermQuerySet(ScopedQuerySet):
    """Terms of leading bodies; as of a day each organization has at most one."""

    scope_lookup = "organization__path"

    def as_of(self, day: date) -> Self:
        return self.filter(valid_on(day))


class ElectionQuerySet(ScopedQuerySet):
    scope_lookup = "organization__path"

    def open(self) -> Self:
        return self.exclude(state__in=("done", "cancelled"))


class ElectionStepQuerySet(ScopedQuerySet):
    scope_lookup = "election__organization__path"
