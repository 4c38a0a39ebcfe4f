"""What can go wrong between a supplier and the desk."""

from __future__ import annotations


class DeskError(Exception):
    """The desk does not agree: asking again gives the same answer. `code` is a word, the text a sentence."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class DeskUnavailable(Exception):
    """The desk or the broker gave no answer, for as long as it was tried. It may be said again later."""
