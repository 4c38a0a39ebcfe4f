"""For tests: the bus, played by hand. It is the only thing that lies outside the gateway."""

from __future__ import annotations

from typing import Any

from servicekit.errors import ServiceError, Unavailable

_ENVELOPE = frozenset({"actor", "timeout", "idempotency_key", "correlation_id"})


class FakeTransport:
    """Answers what it was told to answer, and remembers what it was asked."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.answers: dict[str, Any] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.envelopes: list[dict[str, Any]] = []

    def call(self, target: str, **given: Any) -> Any:
        arguments = {name: value for name, value in given.items() if name not in _ENVELOPE}
        self.envelopes.append({name: value for name, value in given.items() if name in _ENVELOPE})
        self.calls.append((target, arguments))
        answer = self.answers.get(target, Unavailable("service_away", f"{target} is not played here."))
        if callable(answer):
            answer = answer(**arguments)
        if isinstance(answer, ServiceError):
            raise answer
        return answer

    def asked(self, target: str) -> dict[str, Any]:
        """The arguments of the only call of `target`."""
        (found,) = [arguments for name, arguments in self.calls if name == target]
        return found
