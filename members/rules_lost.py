"""The two waits before a lost member may be suspended and removed; no database."""

from datetime import date

from organizations.rules import months_later

# 《中国共产党党员教育管理工作条例》：失去联系6个月以上停止党籍；停止党籍2年后仍无法联系的除名。
LOST_MONTHS, STOPPED_MONTHS = 6, 24


def suspendable_from(lost_since: date) -> date:
    """The first day on which the membership may be suspended."""
    return months_later(lost_since, LOST_MONTHS)


def removable_from(suspended_on: date) -> date:
    """The first day on which the member may be removed."""
    return months_later(suspended_on, STOPPED_MONTHS)


def band_of(months: int) -> str:
    """How long somebody has been lost, in the bands of the yearly statistics (table 43)."""
    if months < LOST_MONTHS:
        return "不满6个月"
    bands = ((12, "6个月至不满1年"), (72, "1至5年"), (132, "6至10年"))
    return next((words for end, words in bands if months < end), "11年及以上")


def next_step(state: str, lost_since: date, suspended_on: date | None, day: date) -> str:
    """What is to be done next about a lost member, in a sentence; empty once it is over."""
    if state == "lost":
        first = suspendable_from(lost_since)
        wait = f"{first} 起满六个月" if first > day else "已满六个月"
        return f"继续查找并逐次登记经过；{wait}，仍无法联系的停止党籍。"
    if state == "suspended" and suspended_on is not None:
        first = removable_from(suspended_on)
        wait = f"{first} 起满两年" if first > day else "已满两年"
        return f"{wait}，再次查找仍无法联系的按自行脱党除名；取得联系的可以恢复党籍。"
    return ""
