"""One piece of work for one provider, and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.domain import appointments, assignment, extra_work, records, rounds, silence
from dispatch.domain.assignment import Held
from dispatch.domain.errors import AlreadyReplaced, CheckFirst, MissingDetail
from dispatch.domain.products import Localised, Point
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import DONE, IN_HAND, OPEN, Action, Party, State, row_for


@dataclass(frozen=True)
class Author:
    """Who did something, as it is kept and shown."""

    kind: str
    name: str | None
    id: str = ""

    def as_fact(self) -> dict[str, str | None]:
        return {"kind": self.kind, "name": self.name}


@dataclass(frozen=True)
class Details:
    """What may come along with an action. `pause` is {"reason", "counterparty"}; `windows` are moments
    {"from", "until"} that are proposed, of which `choice` is one, from 0. `checklist`: the points that are
    ticked, from 0; `time`, `material` and `files`: lines, see `records`. `assignee`: the colleague
    {"account_id", "name"} that it goes to. `stop`: of a round, from 1, with its `outcome`.
    """

    reason: str | None = None
    note: str | None = None
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    cost_cents: int | None = None
    pause: dict[str, str] | None = None
    evidence: list[str] | None = None
    windows: list[dict[str, datetime]] | None = None
    choice: int | None = None
    checklist: list[int] | None = None
    time: list[dict[str, Any]] | None = None
    material: list[dict[str, Any]] | None = None
    files: list[dict[str, Any]] | None = None
    assignee: dict[str, str] | None = None
    stop: int | None = None
    outcome: str | None = None
    limit_cents: int | None = None
    amount_cents: int | None = None


NO_DETAILS = Details()

# What an action cannot do without, and how to ask for it.
NEEDED: dict[Action, tuple[str, str]] = {
    Action.REFUSE: ("reason", "Say why you do not take it."),
    Action.NOT_CARRIED_OUT: ("reason", "Say why it was not done."),
    Action.BEGIN_EARLY: ("reason", "Say why it need not wait for its turn."),
    Action.FAIL: ("reason", "Say what is not right."),
    Action.CANCEL: ("reason", "Say why it is cancelled."),
    Action.REROUTE: ("reason", "Say why another provider must do it."),
    Action.SCHEDULE: ("planned_from", "Say when the work begins."),
    Action.PAUSE: ("pause", "Say what it waits for and who must act."),
    Action.PROPOSE: ("windows", "Propose at least one moment, with its beginning and its end."),
    Action.ASK_ANOTHER: ("reason", "Say which moments would suit."),
    Action.ACCEPT_COST: ("reason", "Say why it may cost more."),
    Action.DISPUTE_COST: ("reason", "Say what is not right about the cost."),
    Action.REPRICE: ("cost_cents", "Say what it cost."),
    Action.ASK_EXTRA: ("reason", "Say what takes more than it may cost."),
    Action.REFUSE_EXTRA: ("reason", "Say why it may not cost more."),
    Action.SET_LIMIT: ("limit_cents", "Say what it may cost."),
    Action.DISMISS: ("reason", "Say how it stands, and how you know."),
    Action.HAND_OVER: ("reason", "Say why another team must do it."),
}


# Actions whose moment is kept with the order.
MOMENTS: dict[Action, str] = {
    Action.ISSUE: "issued_at",
    Action.BEGIN_EARLY: "issued_at",
    Action.ACCEPT: "accepted_at",
    Action.REFUSE: "refused_at",
}


@dataclass(frozen=True)
class WorkOrder:
    """`remark` says why it exists beside the plan: the customer's or the desk's words at rework.

    `reason` explains its present state. `offer` counts how often its provider was asked on purpose,
    `version` every change. `issued_at` and `accepted_at` are of the last time that it was asked;
    `refused_at` is of the last refusal and stays when it is asked again. `routing` says why this provider
    has it. `agreed_cents`: what the house expects to pay; `limit_cents`: what it may cost without asking,
    and `extra_work` what was asked above that (see `extra_work`);
    `record` and `cost_standing`: what was reported with completion, and whether it cost too much (see
    `records`). `rework_of`: the order whose work it does
    over. `correction_id`: the correction that issued it; `corrected_by`: the one that took it away.
    `check_by`: whose check it is, None the desk's; `check_holds`: the next steps wait for it.
    `silence`: what its provider owes a word about, and `look_at` when to look whether it came (see
    `silence`). `assignee`: who of its team has it; `came_back`: why it is
    nobody's again; `hand_overs`: how often it went on to somebody else (see `assignment`).
    """

    work_order_id: UUID
    request_id: UUID
    number: str
    round: int
    step: str
    title: Localised
    provider: Provider
    state: State
    created_at: datetime
    depends_on: tuple[str, ...] = ()
    check_required: bool = False
    check_by: str | None = None
    check_holds: bool = False
    instructions: Localised | None = None
    lead_time: dict[str, Any] | None = None
    remark: str | None = None
    version: int = 1
    offer: int = 1
    issued_at: datetime | None = None
    accepted_at: datetime | None = None
    refused_at: datetime | None = None
    updated_at: datetime | None = None
    reason: str | None = None
    note: str | None = None
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    cost_cents: int | None = None
    pause: dict[str, str] | None = None
    replaces: UUID | None = None
    replaced_by: UUID | None = None
    routing: dict[str, Any] | None = None
    appointment: dict[str, Any] | None = None
    checklist: list[Point] | None = None
    agreed_cents: int | None = None
    limit_cents: int | None = None
    extra_work: dict[str, Any] | None = None
    record: dict[str, Any] | None = None
    cost_standing: dict[str, Any] | None = None
    rework_of: UUID | None = None
    correction_id: UUID | None = None
    corrected_by: UUID | None = None
    stops: list[dict[str, Any]] | None = None
    silence: dict[str, Any] | None = None
    look_at: datetime | None = None
    assignee: dict[str, Any] | None = None
    came_back: dict[str, Any] | None = None
    hand_overs: int = 0

    @property
    def held(self) -> Held:
        """How it stands with the people of its team."""
        return Held(self.assignee, self.came_back, self.hand_overs)

    @property
    def is_live(self) -> bool:
        """It counts for its step: no other order took over, and no correction took it away."""
        return self.replaced_by is None and self.corrected_by is None

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something with it."""
        if self.state in (State.REFUSED, State.NOT_CARRIED_OUT):
            return self.is_live
        return self.state in OPEN

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def is_in_hand(self) -> bool:
        return self.state in IN_HAND


@dataclass(frozen=True)
class Change:
    """What happened to an order: one line of its history, and what the event tells."""

    order: WorkOrder
    action: Action
    previous_state: State
    at: datetime
    by: Author
    details: Details = field(default=NO_DETAILS)


def act(
    order: WorkOrder,
    action: Action,
    details: Details,
    by: Author,
    parties: frozenset[Party],
    at: datetime,
    *,
    must_confirm: bool = False,
    replaced_by: UUID | None = None,
    cost_limit: int | None = None,
    corrected_by: UUID | None = None,
    extra_of: str = extra_work.DESK,
) -> Change:
    """`must_confirm`: somebody outside knows of the order and has to acknowledge that it is cancelled.

    `replaced_by`: the order that takes over with this action; `corrected_by`: the correction that
    asks for it. `cost_limit`: what it may cost, where that was agreed. `extra_of`:
    who decides about the extra work that is asked.

    Raises NotAllowed, NotYours, MissingDetail, CheckFirst, AlreadyReplaced, NothingProposed, PointsOpen,
    NoCostToDecide, CostNotSettled, NothingToDismiss, StopsOpen, DefectReported, AlreadyTaken, NotTheirs,
    ExtraAskedAlready, NoExtraAsked, BudgetHoldersWord.
    """
    row = row_for(order.state, action, parties)
    _check(order, action, details)
    appointments.check(action, order.appointment, details.windows, details.choice, at)
    silence.check(action, order.silence)
    extra_work.check(action, order.extra_work, details.amount_cents, by.kind)
    assignment.check(action, order.held, by.id, details.assignee, details.reason)
    effects = _effects(order, action, details, at) | _reported(order, action, details, cost_limit, at)
    effects |= _held(order, action, details, by, at)
    if action is Action.TICK_STOP:
        effects["stops"] = rounds.tick(order.stops, details, at, by.name)
    records.check_cost(action, order.cost_standing, effects.get("cost_standing", order.cost_standing))
    to = row.to if must_confirm or row.unacknowledged is None else row.unacknowledged
    effects |= extra_work.after(action, order, details, extra_of, to, at)
    changed = replace(
        order,
        state=to,
        version=order.version + 1,
        updated_at=at,
        replaced_by=replaced_by or order.replaced_by,
        corrected_by=corrected_by or order.corrected_by,
        **effects,
    )
    owed, look_at = silence.after(action, changed, order.silence, at)
    return Change(replace(changed, silence=owed, look_at=look_at), action, order.state, at, by, details)


def _check(order: WorkOrder, action: Action, details: Details) -> None:
    needed = NEEDED.get(action)
    if needed and getattr(details, needed[0]) in (None, "", [], {}):
        raise MissingDetail(*needed)
    if details.planned_until and details.planned_from and details.planned_until < details.planned_from:
        raise MissingDetail("planned_until", "The end lies before the beginning.")
    if action is Action.CLOSE and order.check_required and order.state is not State.CHECKED:
        raise CheckFirst("This product asks for a check before the order is closed.")
    if action is Action.COMPLETE:
        records.check_points(order.checklist or (), details.checklist or ())
        rounds.check_complete(order.stops)
    elif action is not Action.TICK_STOP and (
        details.checklist or details.time or details.material or details.files
    ):
        text = "Points, hours, material and files are reported with completion."
        raise MissingDetail("checklist", text)
    if action is Action.REROUTE and order.replaced_by:
        raise AlreadyReplaced("Another order has taken over already; act on that one.")


# What leaves the reason, the note and the plan as they are.
_OF_NO_WORK = (
    frozenset({Action.DELIVER, Action.DELIVERY_FAILED, Action.TICK_STOP}) | silence.SIGNS | assignment.WORDS
)
# What changes this one field and nothing else.
_SETS = {Action.REPRICE: "cost_cents", Action.SET_LIMIT: "limit_cents"}


def _effects(order: WorkOrder, action: Action, details: Details, at: datetime) -> dict[str, Any]:
    """The fields that change beside the state."""
    if action in _OF_NO_WORK:
        return {}
    if action in _SETS:
        return {_SETS[action]: getattr(details, _SETS[action])}
    appointment = appointments.after(
        action, order.appointment, details.windows, details.choice, details.reason, at
    )
    if action in (Action.PROPOSE, Action.ASK_ANOTHER):
        return {"appointment": appointment}
    if action in records.DECISIONS:
        return {}
    effects: dict[str, Any] = {
        "reason": details.reason,
        "pause": details.pause,
        "appointment": appointment,
    }
    if action is Action.CONFIRM_APPOINTMENT and appointment:
        effects["planned_from"], effects["planned_until"] = appointments.chosen_window(appointment)
    for name in ("note", "planned_from", "planned_until", "cost_cents"):
        if getattr(details, name) is not None:
            effects[name] = getattr(details, name)
    if action in MOMENTS:
        effects[MOMENTS[action]] = at
    if action is Action.REDELIVER and order.state is State.REFUSED:
        effects |= {"offer": order.offer + 1, "issued_at": at, "accepted_at": None}
    return effects


def _held(order: WorkOrder, action: Action, details: Details, by: Author, at: datetime) -> dict[str, Any]:
    """Who of its team has it."""
    held = assignment.after(
        action, order.held, (by.id, by.name or by.id), details.assignee, details.reason, at
    )
    return dict(vars(held))


def _reported(
    order: WorkOrder, action: Action, details: Details, cost_limit: int | None, at: datetime
) -> dict[str, Any]:
    """What completion reports, and how the cost stands. A cost that is said goes before that of the lines."""
    effects: dict[str, Any] = {}
    cost = details.cost_cents
    if action is Action.COMPLETE:
        record = records.record_of(details.checklist, details.time, details.material, details.files)
        effects["record"] = record
        cost = records.cost_of(record) if cost is None else cost
        if cost is not None:
            effects["cost_cents"] = cost
    if action in records.WITH_COST or action in records.DECISIONS:
        cost = order.cost_cents if cost is None else cost
        effects["cost_standing"] = records.standing_after(
            action, order.cost_standing, cost, cost_limit, details.reason, at.isoformat()
        )
    return effects
