"""What a table of states refuses, in the words and the language of who reads it, with what they may do
instead. The services tell the cell (`refused` of the error); it is worded as on the pages, for the API too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from servicekit.actor import Actor
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from gateway.clients import Json
from gateway.pages import labels
from gateway.pages.labels import Label, _
from gateway.pages.words import Words

# Per table of an action that people take: what it is called, and which permission it asks. What is not here
# is done by the house itself. Of orders the service has left out already what is in other hands.
Actions = Mapping[str, tuple[str, str | None]]
TRIAGE, DIRECT, OWN = "requests.triage", "requests.direct", "requests.own_decision"
REQUEST: Actions = {
    "accept": (_("Begin a product's process"), TRIAGE),
    "answer": (_("Answer it"), "requests.answer"),
    "reject": (_("Reject it"), TRIAGE),
    "submit": (_("Ask the budget holder"), TRIAGE),
    "approve": (_("Agree to it"), "approvals.decide"),
    "disapprove": (_("Not agree to it"), "approvals.decide"),
    "ask": (_("Ask the requester something"), DIRECT),
    "reply": (_("Write a reply"), "requests.reply"),
    "promise": (_("Promise another moment"), DIRECT),
    "complete": (_("Make it ready"), DIRECT),
    "confirm": (_("Confirm that it is done"), OWN),
    "reopen": (_("Say that it is not solved"), OWN),
    "withdraw": (_("Withdraw it"), OWN),
    "join": (_("Let it go along with another"), TRIAGE),
    "prioritise": (_("Change its priority"), TRIAGE),
    "inform": (_("Tell how it stands"), DIRECT),
    "take_up": (_("Take it up at the desk"), TRIAGE),
}
INCIDENT: Actions = {
    "gather": (_("Gather reports"), TRIAGE),
    "tell": (_("Tell all of them"), TRIAGE),
    "split": (_("Split a report off"), TRIAGE),
    "close": (_("Close it for all"), TRIAGE),
}
COMPLAINT: Actions = {
    "acknowledge": (_("Acknowledge it to the customer"), DIRECT),
    "find_cause": (_("Say what the cause is"), DIRECT),
    "remedy": (_("Tell what is done about it"), DIRECT),
    "accept": (_("Record that it is settled"), DIRECT),
    "attempt": (_("Record that you tried to reach them"), DIRECT),
    "close_unheard": (_("Close it without their word"), "complaints.close"),
    "contest": (_("Record that it is not settled"), DIRECT),
    "withdraw": (_("Withdraw it"), OWN),
}
ORDER: Actions = {name: (each.word, None) for name, each in labels.ORDER_ACTIONS.items()}
CORRECT: Actions = {name: (each.word, None) for name, each in labels.WRONG.items()}
INCIDENT_STATES = {"open": Label(_("Open"), "bolt"), "closed": Label(_("Closed"), "check")}
TABLES: Mapping[str, tuple[Mapping[str, Label], Actions]] = {
    "request": (labels.REQUEST_STATES, REQUEST),
    "order": (labels.ORDER_STATES, ORDER),
    "incident": (INCIDENT_STATES, INCIDENT),
    "complaint": (labels.COMPLAINT_STAGES, COMPLAINT),
    "correction": (labels.CORRECTION_STATES, {}),
    "correct": (labels.REQUEST_STATES, CORRECT),
    "correct_order": (labels.ORDER_STATES, CORRECT),
}


# That it can't be, that nothing else can, and what else can.
ACTING = (
    _("It stands at ‘%(state)s’, and then this can't be done: %(action)s."),
    _("There is nothing that you can do with it now."),
    _("What you can do now: %(actions)s."),
)
CORRECTING = (
    _("Of one that stands at ‘%(state)s’ this can't be corrected: %(action)s."),
    _("There is nothing of it to correct now."),
    _("What can be corrected now: %(actions)s."),
)
NOTHING: tuple[Mapping[str, Label], Actions] = ({}, {})


def in_words(refused: Mapping[str, Any], words: Words, can: Callable[[str], bool]) -> str:
    """Never raises: what a newer service calls otherwise is shown as it calls it."""
    states, actions = TABLES.get(refused["of"], NOTHING)
    state, action = refused["state"], refused["action"]
    known = states.get(state)
    no, nothing, instead = CORRECTING if actions is CORRECT else ACTING
    said = words(
        no,
        state=words(known.word) if known else state,
        action=words(actions[action][0]) if action in actions else action,
    )
    possible = [words(word) for word in _possible(refused["possible"], actions, can)]
    return f"{said} {words(instead, actions='; '.join(possible)) if possible else words(nothing)}"


def of_each(items: list[Json], words: Words, can: Callable[[str], bool]) -> None:
    """Of many that were tried: the text of each problem, likewise."""
    for problem in (each.get("problem") or {} for each in items):
        if problem.get("refused"):
            problem["text"] = in_words(problem["refused"], words, can)


def language_of(actor: Actor, accepted: str | None) -> str:
    """In which the API is read: as asked for (Accept-Language), else the person's own; a program that asks
    for none reads English.
    """
    asked = (each[:2].lower() for each, _quality in parse_accept_header(accepted, LanguageAccept))
    own = actor.language if actor.kind == "person" else "en"
    return next((each for each in asked if each in ("en", "nl")), own)


def _possible(names: list[Any], actions: Actions, can: Callable[[str], bool]) -> list[str]:
    rows = [actions[name] for name in names if name in actions]
    return [word for word, permission in rows if permission is None or can(permission)]
