"""What the domain refuses. Each has a stable `code` for programs; its text is for people."""

from __future__ import annotations

from collections.abc import Mapping


class CatalogError(Exception):
    code = "catalog_error"


class ContentRefused(CatalogError):
    """`problems` holds, per field (`process.steps.1.depends_on`), sentences that say what to do."""

    code = "content_refused"

    def __init__(self, what: str, problems: Mapping[str, list[str]]) -> None:
        super().__init__(f"This {what} can't be published yet. Put right what is listed per field.")
        self.problems = dict(problems)

    def in_one_line(self) -> str:
        """For a report of refused records: the field and the first thing to do about it."""
        return "; ".join(f"{field}: {messages[0]}" for field, messages in self.problems.items())


class ChangedByHand(CatalogError):
    """The product was changed in the catalogue after it was imported; an import must not undo that."""

    code = "changed_by_hand"


class NotInThisState(CatalogError):
    """The draft's state does not allow it."""

    code = "not_in_this_state"


class Overtaken(CatalogError):
    """Another version was published after the draft was begun."""

    code = "overtaken"


class TooFarAway(CatalogError):
    """Not a moment at which something can be planned."""

    code = "not_a_moment"
