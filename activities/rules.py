"""What the rules of organization life say in numbers: quorum, majority, elections."""

from dataclasses import dataclass

from activities.models.kind import Voters


@dataclass(frozen=True)
class Quorum:
    """`voters` of whom `came`; the source is the regulation on the work of branches."""

    rule: Voters
    voters: int
    came: int

    @property
    def is_met(self) -> bool:
        """Members decide with more than half of them, a committee with at least half."""
        if self.rule is Voters.NOBODY:
            return True
        if self.rule is Voters.COMMITTEE:
            return 2 * self.came >= self.voters > 0
        return 2 * self.came > self.voters

    @property
    def elects(self) -> bool:
        """An election needs four fifths of those who may vote."""
        return 5 * self.came >= 4 * self.voters > 0

    @property
    def sentence(self) -> str:
        if self.rule is Voters.NOBODY:
            return ""
        who = "支部委员" if self.rule is Voters.COMMITTEE else "有表决权的党员"
        bar = "半数以上" if self.rule is Voters.COMMITTEE else "过半数"
        verdict = f"已达{bar}" if self.is_met else f"未达{bar}，不能表决"
        return f"{who}应到{self.voters}人，实到{self.came}人，{verdict}。"


def is_carried(ayes: int, voters: int) -> bool:
    """A resolution and a candidate alike need more than half of all who may vote."""
    return 2 * ayes > voters
