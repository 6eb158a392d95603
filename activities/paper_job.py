"""Many records of meetings in one Word file: chosen in the list, made as a job, printed at once."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import Activity
from activities.paper import write_word
from activities.record_card import RecordCard, cards_of
from activities.states import VIEW
from core import audit, jobs
from core.dates import today
from core.jobs import JobFailed, JobRun
from core.listing.bulk import BulkRequest
from core.spreadsheets.naming import file_name

KIND, VERB = "activities.word", "activity.word"
NAME = "会议记录"
MOST = 1_000  # records of one file
CHUNK = 50


def register_kind() -> None:
    jobs.register(KIND, "生成会议记录文件", "export", run=write_file, permission=VIEW)
    audit.register_verb(VERB, "批量生成会议记录文件")


def ask(request: BulkRequest) -> str:
    """Submit the job for those of the rows that were held; raises ValidationError."""
    rows: Any = request.rows
    held = rows.recorded().order_by("organization__path", "held_on", "held_from", "pk")
    keys = list(held.values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise ValidationError("所选会议都还没有记录，没有可以生成的内容。")
    if len(keys) > MOST:
        raise ValidationError(f"一次最多生成{MOST:,}份记录，请先缩小筛选条件。")
    title = f"{NAME}Word文件（{len(keys):,}份）"
    jobs.submit(KIND, owner=request.actor, params={"keys": keys}, title=title)
    return (
        f"正在生成{len(keys):,}份会议记录的Word文件，每份另起一页；完成后有消息，可在“任务”中下载。"
    )


def write_file(run: JobRun) -> None:
    """With the scope that the owner has now; what he no longer sees is left out."""
    owner: Any = run.job.owner
    keys = run.params["keys"]
    seen = set(Activity.objects.visible_to(owner).filter(pk__in=keys).values_list("pk", flat=True))
    left = [pk for pk in keys if pk in seen]
    if not left:
        raise JobFailed("这些会议记录已不在您的范围内，没有生成文件。", "E-SCOPE-01")
    part = run.workfile(".docx")
    number = write_word(_cards(left, run), part, large=False)
    with transaction.atomic():
        audit.record(actor=owner, verb=VERB, target=run.job, after={"rows": number})
        run.finish(
            {"rows": number},
            message=f"共{number:,}份。",
            file=part,
            name=file_name("", NAME, "", today(), ".docx"),
        )


def _cards(keys: list[int], run: JobRun) -> Iterator[RecordCard]:
    for first in range(0, len(keys), CHUNK):
        run.progress(first, len(keys), stage="正在生成")
        some = keys[first : first + CHUNK]
        rows = Activity.objects.in_bulk(some)
        yield from cards_of([rows[pk] for pk in some])
