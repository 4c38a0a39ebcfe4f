"""When something follows on a silence, and what: terms count in working time, danger waits for nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain import silence
from dispatch.domain.errors import NothingToDismiss
from dispatch.domain.silence import Of, Outcome, Patience, Step
from dispatch.domain.work_order_states import Action, State
from servicekit.worktime import Calendar

from ..samples import NOW  # noqa: TID252  samples of this service alone

# NOW is a Monday, 10:00 there.
OFFICE = Calendar.of(
    "Europe/Amsterdam", {day: [("08:00", "18:00")] for day in ("monday", "tuesday", "wednesday")}
)
PATIENCE = Patience(
    answer_minutes=60, plan_minutes=120, start_minutes=180, word_minutes=240, escalate_minutes=300
)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EVENING = NOW + 7 * HOUR  # an hour before they close


def silent(of: Of, step: Step = Step.WAITING, since: Any = NOW, told_at: Any = None) -> dict[str, Any]:
    told = told_at.isoformat() if told_at else None
    return {"of": of.value, "since": since.isoformat(), "step": step.value, "told_at": told}


@pytest.mark.parametrize(
    ("known", "priority", "due"),
    [
        (silent(Of.UNANSWERED), "P3", NOW + HOUR),
        (silent(Of.UNPLANNED), "P3", NOW + 2 * HOUR),
        (silent(Of.UNSTARTED), "P3", NOW + 3 * HOUR),
        (silent(Of.WORDLESS), "P3", NOW + 4 * HOUR),
        (silent(Of.UNPLANNED, since=EVENING), "P3", EVENING + 16 * HOUR),  # an hour today, one tomorrow
        # Of an appointment that passed the desk hears at once, also in the evening.
        (silent(Of.NO_SHOW, since=EVENING + 2 * HOUR), "P3", EVENING + 2 * HOUR + MINUTE),
        # Who was reminded has a term anew, from the reminder.
        (silent(Of.UNANSWERED, Step.REMINDED, NOW, NOW + HOUR), "P3", NOW + 6 * HOUR),
        (silent(Of.WORDLESS, Step.REMINDED, NOW, EVENING), None, EVENING + 19 * HOUR),
        (silent(Of.UNANSWERED, since=EVENING + 2 * HOUR), "P1", EVENING + 2 * HOUR + 5 * MINUTE),
        (silent(Of.UNANSWERED, Step.REMINDED, NOW, NOW + HOUR), "P1", NOW + 5 * MINUTE),
        (silent(Of.UNPLANNED), "P1", NOW + 2 * HOUR),  # it was taken up: danger is in somebody's hands
        (silent(Of.UNANSWERED, Step.ESCALATED, NOW, NOW), "P1", None),
    ],
)
def test_each_silence_is_due_when_its_term_is_over(known: Any, priority: str | None, due: Any) -> None:
    assert silence.due(known, PATIENCE, OFFICE, priority) == due


@pytest.mark.parametrize(
    ("known", "priority", "follows"),
    [
        (silent(Of.UNANSWERED), "P3", Action.REMIND),
        (silent(Of.WORDLESS), "P1", Action.REMIND),
        (silent(Of.NO_SHOW), "P3", Action.SUSPECT_NO_SHOW),
        (silent(Of.UNANSWERED), "P1", Action.ESCALATE),
        (silent(Of.UNSTARTED, Step.REMINDED, NOW, NOW), "P3", Action.ESCALATE),
    ],
)
def test_first_a_reminder_then_the_desk_and_at_once_where_it_cannot_wait(
    known: Any, priority: str, follows: Action
) -> None:
    assert silence.what_follows(known, priority) is follows


@pytest.mark.parametrize(
    ("action", "of", "outcome"),
    [
        (Action.DISMISS, Of.NO_SHOW, Outcome.DISMISSED),
        (Action.REROUTE, Of.NO_SHOW, Outcome.CONFIRMED),
        (Action.REROUTE, Of.UNSTARTED, Outcome.OVER),
        (Action.START, Of.NO_SHOW, Outcome.WORD),
        (Action.CANCEL, Of.NO_SHOW, Outcome.OVER),
    ],
)
def test_how_a_silence_ended_says_whether_somebody_came(action: Action, of: Of, outcome: Outcome) -> None:
    assert silence.ended(action, State.SCHEDULED, silent(of, Step.ESCALATED)) is outcome


@pytest.mark.parametrize(
    ("known", "possible"),
    [
        (None, False),
        (silent(Of.UNANSWERED), False),
        (silent(Of.UNANSWERED, Step.REMINDED, NOW, NOW), True),
        (silent(Of.UNANSWERED, Step.ESCALATED, NOW, NOW), True),
    ],
)
def test_only_what_somebody_heard_of_is_dismissed(known: Any, possible: bool) -> None:
    assert silence.can_be_said(Action.DISMISS, known) is possible
    assert silence.can_be_said(Action.ACCEPT, known)
    if not possible:
        with pytest.raises(NothingToDismiss, match="Nobody waits"):
            silence.check(Action.DISMISS, known)
