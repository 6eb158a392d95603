"""The acts themselves: their words, their form, and how a service is called with its answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.dates import today
from organizations import services
from organizations.cases import forms
from organizations.cases.homes import HomesForm
from organizations.closing import dependents
from organizations.models import PartyOrganization

Form = Any  # a valid one of organizations.cases.forms
Subject = PartyOrganization
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`answers` are the arguments of the service that only this act has.

    `sources` says whose belongings need a new home, `at_once` that this is known before the form is
    filled in; `past` that the subject is an abolished one.
    """

    key: str
    label: str
    form: type[forms.CaseForm]
    service: Callable[..., Any]
    answers: Callable[[Subject, Form], Arguments]
    intro: str = ""
    sources: Callable[[Subject, Form], list[Subject]] | None = None
    at_once: bool = False
    past: bool = False

    def homes_form(self, user: Any, subject: Subject, form: Form) -> HomesForm | None:
        """The boxes for everything that the act leaves without a home, once that is known."""
        is_said = form.is_bound and form.is_valid()
        if not self.sources or not (is_said or self.at_once):
            return None
        day = form.cleaned_data["on"] if is_said else today()
        found = [one for source in self.sources(subject, form) for one in dependents(source, day)]
        said = form.data if form.is_bound else None
        if isinstance(form, forms.SplitForm):
            return HomesForm(user, found, said, parts=form.parts(), keep=form.cleaned_data["keep"])
        return HomesForm(user, found, said)

    def arguments(
        self, actor: Any, subject: Subject, form: Form, homes: HomesForm | None
    ) -> Arguments:
        """Everything that the service takes, from both valid forms."""
        said = form.cleaned_data
        found = {"actor": actor, "document": said["document"], "reason": said["reason"]}
        if self.service is not services.form_organization:
            found["on"] = said["on"]
        if homes is not None:
            found["homes"] = homes.homes()
            found |= {} if homes.parts is None else {"parts": homes.parts}
        return found | self.answers(subject, form)


def _named(*names: str) -> Callable[[Subject, Form], Arguments]:
    """The organization itself and what the form says under these names."""

    def answers(subject: Subject, form: Form) -> Arguments:
        return {"organization": subject} | {name: form.cleaned_data[name] for name in names}

    return answers


def _founded(subject: Subject, form: Form) -> Arguments:
    said = form.cleaned_data
    names = ("code", "name", "short_name", "kind", "nature", "secretary_name")
    facts = {name: said[name] for name in names}
    organization = PartyOrganization(established_on=said["on"], **facts)
    return {"organization": organization, "parent": said["parent"]}


def _merged(subject: Subject, form: Form) -> list[Subject]:
    """Those that a merger closes."""
    said = form.cleaned_data
    partners: list[Subject] = said["partners"]
    return {"here": partners, "there": [subject], "new": [subject, *partners]}[said["outcome"]]


def _merger(subject: Subject, form: Form) -> Arguments:
    said = form.cleaned_data
    into = {"here": subject, "there": said["partners"][0]}.get(said["outcome"])
    if into is None:
        into = PartyOrganization(code=said["code"], name=said["name"], kind=said["kind"])
    return {"sources": _merged(subject, form), "into": into}


def _itself(subject: Subject, form: Form) -> list[Subject]:
    return [subject]


CASES = {
    case.key: case
    for case in (
        Case(
            "establish", "成立下级党组织", forms.EstablishForm, services.form_organization, _founded
        ),
        Case("rename", "更名", forms.RenameForm, services.rename_organization, _named("name")),
        Case("move", "调整隶属", forms.MoveForm, services.move_organization, _named("parent")),
        Case(
            "upgrade",
            "调整类别",
            forms.UpgradeForm,
            services.upgrade_organization,
            _named("kind", "nature", "name"),
            intro="支部升格为总支、总支升格为党委，或按上级批准降格；临时党组织转为正式也在这里办理。",
        ),
        Case(
            "merge",
            "合并",
            forms.MergeForm,
            services.merge_organizations,
            _merger,
            intro="被并入的党组织自生效日期起撤销，其下级、企业和党员转入合并后的党组织。",
            sources=_merged,
        ),
        Case(
            "split",
            "分设",
            forms.SplitForm,
            services.split_organization,
            _named("keep"),
            intro="新设的党组织与本组织同属一个上级；下级、企业和党员可逐项或成批划给它们。",
            sources=_itself,
        ),
        Case(
            "abolish",
            "撤销",
            forms.AbolishForm,
            services.close_organization,
            _named(),
            intro="撤销前，下级党组织、覆盖企业和党员都要有新的去向。",
            sources=_itself,
            at_once=True,
        ),
        Case(
            "restore",
            "恢复",
            forms.RestoreForm,
            services.restore_organization,
            _named("parent"),
            past=True,
        ),
        Case(
            "guide",
            "设定双重管理",
            forms.GuideForm,
            services.set_guiding_superior,
            _named("superior"),
            intro="指导上级不改变隶属关系，也不改变谁能看到这个党组织。",
        ),
        Case("unguide", "结束双重管理", forms.UnguideForm, services.end_guiding_superior, _named()),
    )
}


def cases_for(organization: PartyOrganization, *, is_guided: bool) -> list[Case]:
    """The acts that make sense for it today."""
    gone = organization.abolished_on is not None
    return [
        case
        for case in CASES.values()
        if case.past == gone and (is_guided or case.key != "unguide")
    ]
