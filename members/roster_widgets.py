"""How the cells of a sheet of members are read, also in the words of other lists."""

from datetime import date
from typing import Any

from core.dates import Precision, parse_date
from members.roster_columns import ALIASES, CHOICES, YES
from members.roster_known import Known
from organizations.models import PartyOrganization
from organizations.sheets import ChoiceWidget, DayWidget, FoldedWidget


class WordWidget(ChoiceWidget):
    """A choice, also in the words of other lists; 汉 is 汉族."""

    def __init__(self, name: str) -> None:
        super().__init__(CHOICES[name])
        self.aliases = ALIASES.get(name, {})

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = FoldedWidget.clean(self, value)
        if text in self.aliases:
            return self.aliases[text]
        return super().clean(f"{text}族" if f"{text}族" in self.codes else text)


class FlagWidget(ChoiceWidget):
    """是 or 否; an empty cell says nothing."""

    def __init__(self, words: Any = YES) -> None:
        super().__init__(words)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        return text == "yes" if text else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else super().render("yes" if value else "no")


class BirthWidget(DayWidget):
    """A month alone names no day; the identity number may."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:  # type: ignore[override]
        month = parse_date(str(value or "")).precision in {Precision.MONTH, Precision.YEAR}
        return None if month else super().clean(value)


class HomeWidget(FoldedWidget):
    """A branch of the user's scope by its full name or its code."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> PartyOrganization:  # type: ignore[override]
        return self.known.home(super().clean(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.name if value else ""


class SealedWidget(FoldedWidget):
    """Never written into a sheet or a preview; an empty cell keeps what is there."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ""
