"""What the domain refuses. `code` is stable and meant for programs; the text is for people and says what to
do.
"""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """Base of all refusals."""

    code = "refused"


class NotAllowed(DomainError):
    """The state of the request does not know this action."""

    code = "not_allowed"


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
