"""The steps of an election in their order, with what the rules say of each and where."""

from dataclasses import dataclass

from organizations.models import ElectionState as State
from organizations.models import ElectionStep
from organizations.rules import ELECTION_RULES

Kind = ElectionStep.Kind


@dataclass(frozen=True)
class Step:
    """`current_in` are the states in which the case stands at this step."""

    kind: ElectionStep.Kind
    rule: str
    current_in: frozenset[State]

    @property
    def label(self) -> str:
        return str(self.kind.label)


STEPS = (
    Step(
        Kind.REQUEST,
        f"任期届满应当按期换届；提前或延期须报上级批准，一般不超过1年（{ELECTION_RULES}第三条）。",
        frozenset({State.PREPARING, State.RETURNED}),
    ),
    Step(Kind.REPLY, "上级党组织批复后方可选举。", frozenset({State.SUBMITTED})),
    Step(
        Kind.CANDIDATES,
        "委员候选人的差额不少于应选人数的20%。",
        frozenset(),
    ),
    Step(
        Kind.ELECTION,
        f"有选举权的到会人数不少于应到会人数的五分之四；预备党员没有表决权（{ELECTION_RULES}）。",
        frozenset({State.APPROVED}),
    ),
    Step(Kind.REPORT, "书记、副书记报上级批准，委员报上级备案。", frozenset()),
    Step(Kind.CONFIRMATION, "上级批复选举结果，换届完成。", frozenset({State.HELD})),
)
