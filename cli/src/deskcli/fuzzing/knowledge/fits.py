"""Which things an operation can be about: in the right state, or such that calling it hurts nobody here."""

from __future__ import annotations

from collections.abc import Mapping

from deskcli.fuzzing.document import Json
from deskcli.fuzzing.known import Fits

# In which state a request has to be, for it to be possible.
STATES: Mapping[str, frozenset[str]] = {
    "triage_request": frozenset({"triage"}),
    "answer_request": frozenset({"triage"}),
    "reject_request": frozenset({"triage"}),
    "join_request": frozenset({"triage"}),
    "decide_approval": frozenset({"awaiting_approval"}),
    "ask_requester": frozenset({"triage", "in_progress"}),
    "reply_to_desk": frozenset({"triage", "in_progress"}),
    "confirm_request": frozenset({"ready"}),
    "reopen_request": frozenset({"ready", "closed"}),
    "withdraw_request": frozenset({"triage", "in_progress"}),
    "add_step": frozenset({"in_progress"}),
    "correct_request": frozenset({"triage"}),
    "preview_correction": frozenset({"triage"}),
}
# How far its complaint has to be.
STAGES: Mapping[str, frozenset[str]] = {
    "acknowledge_complaint": frozenset({"lodged"}),
    "find_cause": frozenset({"acknowledged"}),
    "remedy_complaint": frozenset({"cause_found", "contested"}),
    "settle_complaint": frozenset({"remedied"}),
    "note_attempt": frozenset({"remedied"}),
    "close_unheard": frozenset({"remedied"}),
}
# Of which kind it has to be, and in which state.
OF_KIND: Mapping[str, tuple[str, str]] = {"file_wish": ("wish", "triage")}
# What a thing has to have.
HAVING: Mapping[tuple[str, str], str] = {
    ("end_absence", "absenceId"): "canChange",
    ("return_orders", "absenceId"): "canChange",
    ("unlink_requests", "requestId"): "links",
    ("get_catalogue_file", "fileId"): "fingerprint",
    ("carry_out_catalogue_file", "fileId"): "fingerprint",
    ("get_order_file", "fileId"): "workOrderId",
}
ORDER_SUFFIX = "_work_order"
VISIT_SUFFIX = "_visit"
# What is possible with a visit as long as this may be said of it.
OF_NOT_BEGUN = {"join_visit": "schedule", "dissolve_visit": "schedule", "leave_visit": "schedule"}
SAME_AS = {"plan": "schedule"}  # operations that do what an action does, and more
LOOKING = frozenset({"get_work_order", "link_to_work_order"})
LETTING_IN = frozenset({"invite_supplier", "revoke_supplier", "resume_supplier"})
MADE = "made-"  # how the names begin of what is made here


def _is_proposed(thing: Json) -> bool:
    return bool(thing.get("windows")) or "confirm_appointment" in thing.get("actions", ())


def _is_to_look_at(thing: Json) -> bool:
    return thing.get("checkBy") == "customer" and thing.get("state") == "technically_complete"


OF_THE_CUSTOMER: Mapping[str, Fits] = {
    "answer_appointment": _is_proposed,
    "answer_check": _is_to_look_at,
}
# By operation alone. The demo's cost centres decide about what is ordered here, so those stay as they are.
WHATEVER_IS_NAMED: Mapping[str, Fits] = {
    "wish_too": lambda thing: thing.get("state") not in ("yes", "no"),
    "act_on_counter_entry": lambda thing: "take_back" in thing.get("actions", ()),
    "report_counter_loss": lambda thing: "report" in thing.get("actions", ()),
    "cancel_own_visitor": lambda thing: thing.get("state") == "announced",
    "change_cost_centre": lambda thing: str(thing.get("key", "")).startswith(MADE),
}


def fitting(operation: str, name: str) -> Fits | None:
    """What a thing has to be like for an operation to be possible with it; None: anything will do."""
    if name == "requestId" and operation in STATES:
        return lambda thing: thing.get("state") in STATES[operation]
    if name == "requestId" and operation in STAGES:
        return lambda thing: (thing.get("complaint") or {}).get("stage") in STAGES[operation]
    if name == "requestId" and operation in OF_KIND:
        kind, state = OF_KIND[operation]
        return lambda thing: thing.get("kind") == kind and thing.get("state") == state
    if name == "requestId" and operation == "split_request":
        return lambda thing: bool(thing.get("follows")) and thing.get("state") == "in_progress"
    if name == "workOrderId" and operation in OF_THE_CUSTOMER:
        return OF_THE_CUSTOMER[operation]
    if name == "workOrderId" and operation.endswith(ORDER_SUFFIX) and operation not in LOOKING:
        action = operation.removesuffix(ORDER_SUFFIX)
        action = SAME_AS.get(action, action)
        return lambda thing: action in thing.get("actions", ())
    if name == "providerId" and operation in LETTING_IN:  # who calls here must not be shut out by it
        return lambda thing: str(thing.get("slug", "")).startswith(MADE) and thing.get("delivery") != "none"
    if operation in WHATEVER_IS_NAMED:
        return WHATEVER_IS_NAMED[operation]
    if (operation, name) in HAVING:
        return lambda thing: bool(thing.get(HAVING[operation, name]))
    return _of_visit(operation) if name == "visitId" else None


def _of_visit(operation: str) -> Fits | None:
    if operation == "get_visit":
        return None
    word = OF_NOT_BEGUN.get(operation, operation.removesuffix(VISIT_SUFFIX))
    return lambda thing: word in thing.get("actions", ())


def is_program(thing: Json) -> bool:
    return thing.get("kind") == "program"


def is_open(thing: Json) -> bool:
    return thing.get("state") == "open"
