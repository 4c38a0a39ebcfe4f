"""What the domain refuses. `code` is stable and meant for programs; the text is for people and says what to
do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class DomainError(Exception):
    """Base of all refusals."""

    code = "refused"


class NotAllowed(DomainError):
    """The state of the request does not know this action."""

    code = "not_allowed"


class NotInState(NotAllowed):
    """A table of states does not know this action. `refused` tells the cell, so that it can be said in the
    words and the language of who reads it: of what, its state, the action, and what is `possible` instead.
    """

    def __init__(self, of: str, state: str, action: str, possible: Iterable[str]) -> None:
        instead = [str(each) for each in possible]
        now = f"Possible now: {', '.join(instead)}." if instead else "Nothing more can be done with it."
        super().__init__(f"What is '{state}' cannot '{action}'. {now}")
        self.refused = {"of": of, "state": str(state), "action": str(action), "possible": instead}


class TriedTooLittle(NotAllowed):
    """Whoever complained was not tried to be reached often enough."""

    code = "tried_too_little"


class TooEarly(NotAllowed):
    """Whoever complained still has time to speak."""

    code = "too_early"


class TooLate(DomainError):
    """The window in which it could be done has closed."""

    code = "too_late"


class Wrong(DomainError):
    """What was given cannot be taken. `errors` says per field what to do."""

    code = "invalid"

    def __init__(self, code: str, text: str, errors: Mapping[str, list[str]]) -> None:
        super().__init__(text)
        self.code = code
        self.errors = dict(errors)
