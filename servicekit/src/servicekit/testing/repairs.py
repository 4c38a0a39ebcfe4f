"""The repair list of a service as an operator has it, without its entry points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from servicekit import json
from servicekit.amqp.publisher import ConfirmingPublisher
from servicekit.entrypoints.execution import translate
from servicekit.errors import ServiceError
from servicekit.recovery import looking
from servicekit.recovery.acting import Acting, Repair
from servicekit.recovery.failed import State
from servicekit.testing.probes import OPERATOR

Make = Callable[..., AbstractContextManager[Any]]
NO_BROKER = ConfirmingPublisher("amqp://nobody@127.0.0.1:1/none")


class Desk:
    """`make` as `work_factory` gives it; `errors` as the service has them."""

    def __init__(self, make: Make, repairs: Mapping[str, Repair], errors: Any = None) -> None:
        self._make = make
        self._repairs = repairs
        self._service = type("Tested", (), {"errors": errors or {}})

    def lines(self, state: str = "open", **wanted: Any) -> list[dict[str, Any]]:
        asked = {"kind": None, "cause": None, "cursor": None, "limit": 100, **wanted}
        with self._make() as work:
            return list(json.plain(looking.list_failures(work.connection, State(state), **asked)["items"]))

    def only(self, state: str = "open") -> dict[str, Any]:
        (line,) = self.lines(state)
        return line

    def states(self) -> dict[str, str]:
        """Kind -> state of all that stands in the list."""
        return {line["kind"]: line["state"] for state in State for line in self.lines(state)}

    def history(self, failure_id: Any) -> list[tuple[str, str, str]]:
        with self._make() as work:
            found = looking.get_failure(work.connection, failure_id)["history"]
        return [(line["state"], line["by"], line["note"]) for line in found]

    def replay(self, *failure_ids: Any, cause: str | None = None, up_to: int | None = None) -> dict[str, Any]:
        acting = Acting(lambda: self._make(actor=OPERATOR), NO_BROKER, self._repairs, self._translate)
        return acting.replay(list(failure_ids) or None, cause, up_to)

    def set_aside(self, *failure_ids: Any, reason: str = "a test") -> dict[str, Any]:
        acting = Acting(lambda: self._make(actor=OPERATOR), NO_BROKER, self._repairs, self._translate)
        return acting.set_aside(list(failure_ids), None, None, reason)

    def _translate(self, error: Exception) -> ServiceError | None:
        return error if isinstance(error, ServiceError) else translate(self._service, error)


def outcomes(answer: dict[str, Any]) -> list[str]:
    return [one["outcome"] for one in answer["items"]]
