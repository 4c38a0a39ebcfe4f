"""Input made from the schemas by schemathesis: what they allow, and what they do not.

It is thorough and slow, so it runs in a process of its own (`python -m deskcli.fuzzing.breeding`) while the
system starts and the first calls are made.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from servicekit.embedded.programs import die_with_parent

Json = dict[str, Any]
PATIENCE_SECONDS = 30.0


class Brood:
    """What has been made so far, by operation."""

    def __init__(self) -> None:
        self._cases: dict[str, list[Json]] = defaultdict(list)
        self.count = 0

    def begin(self, document: Path, seed: int, each: int) -> subprocess.Popen[str]:
        """Start making `each` of what is allowed, and as much that is not, per operation."""
        process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", __name__, str(document), str(seed), str(each)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
        )
        threading.Thread(target=self._listen, args=(process,), name="breeding", daemon=True).start()
        return process

    def add(self, name: str, case: Json) -> None:
        self._cases[name].append(case)
        self.count += 1

    def one(self, name: str, chance: random.Random) -> Json | None:
        """One for this operation, if there are any yet."""
        made = self._cases.get(name)
        return chance.choice(made) if made else None

    def wait(self, count: int, process: subprocess.Popen[str]) -> None:
        """Until so many are there, or there will be no more."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.count < count and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                case = json.loads(line)
                self.add(case.pop("operation"), case)


def breed(document: Json, seed: int, each: int) -> None:
    """Print one line of JSON per case: operation, query, and body or raw bytes."""
    import schemathesis
    from schemathesis import GenerationMode

    schema = schemathesis.openapi.from_dict(document)
    for mode in (GenerationMode.NEGATIVE, GenerationMode.POSITIVE):
        for found in _all(schema.get_all_operations()):
            operation = found.ok()
            if operation.body or operation.query:
                for case in _cases(operation.as_strategy(generation_mode=mode), seed, each):
                    print(json.dumps(_told(operation.definition.raw["operationId"], case)), flush=True)


def _all(found: Any) -> Any:
    """Untyped: each may be an error instead, which a document that is valid does not have."""
    return found


def _cases(strategy: Any, seed: int, each: int) -> list[Any]:
    """Different ones: the first few that hypothesis makes are the simplest of all, so more are made than
    kept.
    """
    import hypothesis as h
    from hypothesis.errors import HypothesisException

    cases: list[Any] = []

    @h.seed(seed)
    @h.settings(
        max_examples=each + 2, database=None, deadline=None, phases=[h.Phase.generate],
        suppress_health_check=list(h.HealthCheck),
    )  # fmt: skip
    @h.given(strategy)
    def collect(case: Any) -> None:
        cases.append(case)

    try:
        collect()
    except HypothesisException:  # of something without any field nothing wrong can be made
        return cases
    return cases[-each:]


def _told(name: str, case: Any) -> Json:
    told: Json = {"operation": name, "query": dict(case.query or {}), "body": None}
    if isinstance(case.body, bytes):
        told["raw"] = case.body.hex()
    elif isinstance(case.body, dict | list | str | int | float | bool):
        told["body"] = case.body
    return told


if __name__ == "__main__":
    breed(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), int(sys.argv[2]), int(sys.argv[3]))
