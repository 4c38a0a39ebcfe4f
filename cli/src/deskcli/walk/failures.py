"""How a step fails."""

from __future__ import annotations


class StepFailed(Exception):
    """What was expected and what came; `status` is the HTTP status, where there was one."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


def expect(condition: object, text: str) -> None:
    if not condition:
        raise StepFailed(text)
