"""What came of the calls: how many of each operation by each role, and everything that was wrong."""

from __future__ import annotations

import base64
import math
import shlex
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deskcli.fuzzing.calls import Call
from deskcli.fuzzing.checks import TOO_SLOW
from deskcli.fuzzing.document import Operation

SHORT = 1500  # bytes of a body that are shown in a line
LONG = 4000  # of an address, likewise


@dataclass
class Finding:
    """One fault, however often it was seen; `curl` repeats the first time."""

    operation: str
    what: str
    role: str
    curl: str
    trace: str  # its correlation id, by which the logs have it
    count: int = 1


class Tally:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self.roles: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
        self.refusals: dict[str, Counter[str]] = defaultdict(Counter)
        self.findings: dict[tuple[str, str], Finding] = {}
        self.calls = 0

    def count(self, call: Call, status: int) -> None:
        good = 200 <= status < 300
        with self._lock:
            self.calls += 1
            self.statuses[call.operation.name][status] += 1
            self.roles[call.operation.name, call.role][good] += 1

    def refuse(self, call: Call, problem: dict[str, Any]) -> None:
        """Why something sensible was not done: of use for whoever teaches the callers."""
        fields = ", ".join(problem.get("errors") or ())
        with self._lock:
            self.refusals[call.operation.name][f"{problem.get('code')} {fields}".strip()] += 1

    def find(self, call: Call, what: str, trace: str) -> None:
        with self._lock:
            found = self.findings.get((call.operation.name, what))
            if found:
                found.count += 1
                return
            finding = Finding(call.operation.name, what, call.role, curl(call), trace)
            self.findings[call.operation.name, what] = finding

    def wrong(self) -> list[Finding]:
        """What is a fault of the desk: an operation that was slow once may have met a busy machine."""
        return [each for each in self.findings.values() if each.what != TOO_SLOW or each.count > 1]

    def reached(self, name: str) -> bool:
        """Whether an operation was carried out at least once."""
        return any(200 <= status < 300 for status in self.statuses[name])

    def unreached(self, operations: Iterable[Operation], tries: float = math.inf) -> list[Operation]:
        """Those that were never carried out, and called less than so many times."""
        with self._lock:
            return [
                each
                for each in operations
                if not self.reached(each.name) and self.statuses[each.name].total() < tries
            ]


def curl(call: Call) -> str:
    """A line for the shell that repeats the call; $URL is the desk, $TOKEN that of somebody with the role."""
    words = ["curl", "-sS", "-i", "-X", call.operation.method]
    for name, value in call.headers.items():
        words += ["-H", shlex.quote(f"{name}: {value}")]
    if call.token is not None:
        words += ["-H", '"Authorization: Bearer $TOKEN"']
    if call.chunked:
        words += ["-H", "'Transfer-Encoding: chunked'"]
    address = f'"$URL"{shlex.quote(call.target[:LONG])}'
    if call.body is None:
        return " ".join([*words, address])
    before, body = _shell_body(call.body)
    return before + " ".join([*words, "--data-binary", body, address])


def _shell_body(body: bytes) -> tuple[str, str]:
    """What stands before the line, and the body as one word of it."""
    text = body.decode("utf-8", errors="replace")
    if len(body) <= SHORT and text.encode() == body and text.isprintable():
        return "", shlex.quote(text)
    packed = base64.b64encode(body).decode()
    if len(packed) > 4 * SHORT and len(set(body)) > 12:
        return f"# the body has {len(body)} bytes, beginning with {text[:SHORT]!r}\n", "@BODY"
    return f"python3 -c {shlex.quote(_maker(body))} | ", "@-"


def _maker(body: bytes) -> str:
    return f"import sys; sys.stdout.buffer.write({body!r})"
