"""The two waits before a lost member may be suspended and removed; no database."""

from datetime import date

from organizations.rules import months_later

BAND = 6  # months


def suspendable_from(lost_since: date, months: int) -> date:
    """The first day on which the membership may be suspended."""
    return months_later(lost_since, months)


def removable_from(suspended_on: date, months: int) -> date:
    """The first day on which the member may be removed."""
    return months_later(suspended_on, months)


def band_of(months: int) -> str:
    """How long somebody has been lost, in the bands of the yearly statistics (table 43)."""
    if months < BAND:
        return "不满6个月"
    bands = ((12, "6个月至不满1年"), (72, "1至5年"), (132, "6至10年"))
    return next((words for end, words in bands if months < end), "11年及以上")


def next_step(state: str, since: date | None, months: int, day: date) -> str:
    """What is to be done next about a lost member, in a sentence; empty once it is over.

    `since` and `months` are of the wait that runs: after the loss, or after the suspension.
    """
    if since is None or state not in ("lost", "suspended"):
        return ""
    first = months_later(since, months)
    wait = f"{first} 起满 {months} 个月" if first > day else f"已满 {months} 个月"
    if state == "lost":
        return f"继续查找并逐次登记经过；{wait}，仍无法联系的停止党籍。"
    return f"停止党籍{wait}，再次查找仍无法联系的按自行脱党除名；取得联系的可以恢复党籍。"
