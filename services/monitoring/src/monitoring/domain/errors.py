"""What the rules of contracts refuse."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A contract or calendar that can't be meant; `errors` says per field what to do."""

    code = "refused"

    def __init__(self, detail: str, errors: Mapping[str, list[str]]) -> None:
        super().__init__(detail)
        self.errors = dict(errors)
