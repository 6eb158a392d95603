"""Addresses of dues, trainings, the talent pool and organizers."""

from core.dates import today
from tests.members.paying import month
from tests.sweeps.row import Row, page, thing
from tests.sweeps.stage import Stage

DUES, VIEW, CHANGE = "members.dues", "members.view", "members.posts"


def _payment(stage: Stage) -> dict[str, str]:
    return {f"p-{stage.things.payer.pk}-{month():%Y-%m}": "50"}


def _base(stage: Stage) -> dict[str, str]:
    return {f"amount-{stage.things.payer.pk}": "6000"}


def _person(stage: Stage) -> dict[str, str]:
    person = stage.things.payer.person
    return {"person": f"{person.name}（编号{person.pk}）"}


ROWS: dict[str, Row] = {
    "members:dues_list": page(DUES),
    "members:dues_late": page(DUES),
    "members:dues_sheet": thing("joint_branch", DUES, fill=_payment),
    "members:dues_bases": thing("joint_branch", DUES, fill=_base),
    "members:dues_reliefs": thing("joint_branch", DUES),
    "members:dues_relief_new": thing(
        "joint_branch",
        DUES,
        fill={"kind": "waived", "valid_from": "2027-06-01", "valid_to": "2027-09-01"},
    ),
    "members:dues_relief": thing("relief", DUES),
    "members:dues_relief_decide": thing(
        "relief",
        "organizations.review",
        method="POST",
        data={"document": "东岭4号", "on": today().isoformat()},
    ),
    "members:dues_receipt": thing("receipt", DUES),
    "members:secretary_history": page(VIEW),
    "members:secretary_sources": page(VIEW),
    "members:post_training": page(VIEW),
    "members:people_choices": page(VIEW, query="q=石"),
    "members:training_list": page(VIEW),
    "members:training_new": page(CHANGE),
    "members:training": thing("training", VIEW),
    "members:training_attend": thing("training", CHANGE, method="POST", data={"everybody": "on"}),
    "members:training_edit": thing("training", CHANGE, fill={"topics": "党章"}),
    "members:attendance_edit": thing("pupil", CHANGE, fill={"certificate": "东岭1号"}),
    "members:attendance_drop": thing("pupil", CHANGE),
    "members:talent_list": page(VIEW),
    "members:talent_new": page(CHANGE, fill=_person),
    "members:talent": thing("placed", VIEW),
    "members:talent_edit": thing("placed", CHANGE, fill={"skills": "党务"}),
    "members:talent_place": thing("free", CHANGE),
    "members:talent_withdraw": thing("placed", CHANGE),
    "members:talent_leave": thing("free", CHANGE),
    "members:organizers": page(VIEW),
    "members:organizer_new": page(CHANGE),
    "members:organizer_end": thing("organizer", CHANGE),
    "api:duesrecord-list": page(DUES),
    "api:duesrecord-detail": thing("receipt", DUES),
}
