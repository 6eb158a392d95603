"""Addresses of jobs, messages, drafts, the log, and of the site itself."""

from tests.sweeps.row import ABOVE, MINE, SYSTEM, Row, key, of, page, post, thing
from tests.sweeps.traces import latest_entry

ROWS: dict[str, Row] = {
    "home": page(),
    "csp_report": Row(method="POST", public=True, answers=(204,)),
    "core:job_list": page(speaks="the system administrator reads titles of all jobs"),
    "core:job_detail": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "core:job_bar": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "core:job_cancel": thing("job", seen_by=MINE | {SYSTEM}, method="POST"),
    "core:job_retry": thing("job", seen_by=MINE | {SYSTEM}, method="POST"),
    "core:job_result": thing("job", seen_by=frozenset()),
    "core:message_list": page(),
    "core:messages_read": post(),
    "core:message": thing("message", seen_by=MINE),
    "core:audit_list": page("core.audit", speaks="the log names whatever was changed"),
    "core:audit_verify": post("core.audit"),
    "core:history_restore": Row(
        kwargs=lambda stage: {
            "pk": latest_entry(stage).pk,
            "side": "before",
            "name": "business_address",
        },
        seen_by=ABOVE,
    ),
    "core:reveal": Row(
        "core.reveal", of("joint", model="enterprises.enterprise", field="phone"), ABOVE
    ),
    "core:parameter_list": page("core.parameters"),
    "core:draft_save": post(kwargs=key("demo", "form_key")),
    "core:draft_discard": post(kwargs=key("demo", "form_key")),
}
