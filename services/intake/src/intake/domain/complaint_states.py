"""The life of a complaint as a table, beside that of the request that carries it. What is not in it is
forbidden; every cell has a test. It is settled on the customer's word; who gives none is tried to be
reached, and then a manager may close it unheard.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.errors import NotInState


class Stage(StrEnum):
    LODGED = "lodged"
    ACKNOWLEDGED = "acknowledged"
    CAUSE_FOUND = "cause_found"
    REMEDIED = "remedied"
    CONTESTED = "contested"
    SETTLED = "settled"
    UNHEARD = "unheard"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    FIND_CAUSE = "find_cause"
    REMEDY = "remedy"
    WORK_DONE = "work_done"
    ACCEPT = "accept"
    ATTEMPT = "attempt"
    CLOSE_UNHEARD = "close_unheard"
    CONTEST = "contest"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Row:
    stage: Stage
    step: Step
    to: Stage
    why: str


S, T = Stage, Step

ROWS: tuple[Row, ...] = (
    Row(S.LODGED, T.ACKNOWLEDGE, S.ACKNOWLEDGED, "The customer hears who looks at it, within the term."),
    Row(S.LODGED, T.WORK_DONE, S.REMEDIED, "Its product has work of its own, and that is done."),
    Row(S.LODGED, T.WITHDRAW, S.WITHDRAWN, "The customer takes it back."),
    Row(S.ACKNOWLEDGED, T.FIND_CAUSE, S.CAUSE_FOUND, "We know what went wrong."),
    Row(S.ACKNOWLEDGED, T.WORK_DONE, S.REMEDIED, "As when it was lodged."),
    Row(S.ACKNOWLEDGED, T.WITHDRAW, S.WITHDRAWN, "The customer takes it back."),
    Row(S.CAUSE_FOUND, T.FIND_CAUSE, S.CAUSE_FOUND, "It was something else after all."),
    Row(S.CAUSE_FOUND, T.REMEDY, S.REMEDIED, "The customer hears what is done about it, and decides."),
    Row(S.CAUSE_FOUND, T.WORK_DONE, S.REMEDIED, "As when it was lodged."),
    Row(S.CAUSE_FOUND, T.WITHDRAW, S.WITHDRAWN, "The customer takes it back."),
    Row(S.REMEDIED, T.ACCEPT, S.SETTLED, "The customer says that it is settled."),
    Row(S.REMEDIED, T.ATTEMPT, S.REMEDIED, "The desk tried to hear their word, and did not reach them."),
    Row(S.REMEDIED, T.CLOSE_UNHEARD, S.UNHEARD, "They could not be reached; a manager says why."),
    Row(S.REMEDIED, T.CONTEST, S.CONTESTED, "The customer does not think so."),
    Row(S.SETTLED, T.CONTEST, S.CONTESTED, "It came back within the window."),
    Row(S.UNHEARD, T.CONTEST, S.CONTESTED, "They speak after all, within the window."),
    Row(S.CONTESTED, T.ACKNOWLEDGE, S.ACKNOWLEDGED, "We look again, and say so."),
    Row(S.CONTESTED, T.WORK_DONE, S.REMEDIED, "As when it was lodged."),
    Row(S.CONTESTED, T.WITHDRAW, S.WITHDRAWN, "The customer takes it back."),
)
TABLE: dict[tuple[Stage, Step], Row] = {(row.stage, row.step): row for row in ROWS}


def row_for(stage: Stage, step: Step) -> Row:
    """Raises NotAllowed when the stage does not know the step."""
    row = TABLE.get((stage, step))
    if row is None:
        raise NotInState("complaint", stage, step, [each for at, each in TABLE if at is stage])
    return row
