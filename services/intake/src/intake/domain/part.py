"""What the parts of Request, each a class in a file of its own, know of it besides their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain.request_states import Action, State
from intake.domain.values import By, Entry

if TYPE_CHECKING:
    from intake.domain.requests import Request


class Part:
    """Declares, and does nothing: Request has it all."""

    if TYPE_CHECKING:
        state: State
        version: int
        updated_at: datetime | None
        entries: list[Entry]

        def _move(
            self,
            action: Action,
            at: datetime,
            by: By,
            data: dict[str, Any],
            internal: dict[str, Any] | None = None,
            public: bool = True,
        ) -> Any: ...
        def _tell(self, event: str, data: Callable[[Request], dict[str, Any]]) -> None: ...
        def _desk_acted(self, at: datetime) -> None: ...
        def _voted(self, approved: bool, reason: str | None, at: datetime, by: By) -> None: ...
        def _end_waiting(self, at: datetime) -> None: ...
        def _close(
            self, action: Action, at: datetime, by: By, words: str | None, data: dict[str, Any]
        ) -> None: ...
