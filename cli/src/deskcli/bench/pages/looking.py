"""Asks for pages as a browser does, one after the other, and keeps the time."""

from __future__ import annotations

import gzip
import http.client
import re
import runpy
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from deskcli.bench.driver import percentile
from deskcli.layout import ROOT
from deskcli.walk.stage import Stage

# The pages that are looked at in the browser tests, and by whom.
TABLE = ROOT / "tests/browser/pages.py"
SESSION = "__Host-desk-session"
LIKINGS = "__Host-desk-likings"
WARM_UP = 3
_LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IMPORTED = re.compile(r'from "(\./[^"]+)"')

Place = tuple[str | None, str]


@dataclass
class Looked:
    """One page: what it took with each amount of data, and what it weighs the first time."""

    who: str
    path: str
    times: dict[str, list[float]] = field(default_factory=dict)  # milliseconds, by amount of data
    weight: int = 0  # bytes over the wire, style sheets and scripts included
    faults: list[str] = field(default_factory=list)

    def at(self, amount: str, percent: float) -> float:
        return percentile(self.times.get(amount, []), percent)


def places() -> list[Place]:
    """Each page once, in the order of the table."""
    return list(dict.fromkeys(_table()["PAGES"]))


def ids(stage: Stage) -> dict[str, str]:
    """What stands for {request}, {triage} and the like in the table; made anew."""
    made: dict[str, str] = _table()["ids_of"](stage)
    return made


def _table() -> dict[str, Any]:
    return runpy.run_path(str(TABLE))


class Visitor:
    """One browser's connection. `token` is that of the API: the session's cookie holds the same."""

    def __init__(self, address: str, token: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        cookie = f"{LIKINGS}=language=nl" + (f"; {SESSION}={token}" if token else "")
        self._headers = {"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "gzip"}

    def get(self, path: str) -> tuple[int, bytes, int, float]:
        """Status, body unpacked, bytes over the wire, milliseconds."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        size = len(body) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        plain = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
        return answer.status, plain, size, took

    def close(self) -> None:
        self._connection.close()


def look(visitor: Visitor, looked: Looked, path: str, amount: str, times: int) -> None:
    """`times` looks at one page, after a few that do not count."""
    for number in range(times + WARM_UP):
        status, body, size, took = visitor.get(path)
        if status >= 500 or (status >= 300 and status != 404):
            looked.faults.append(f"{status} with {amount}")
            return
        if number >= WARM_UP:
            looked.times.setdefault(amount, []).append(took)
    looked.weight = size + _weight_of_parts(visitor, body.decode())


_PARTS: dict[str, tuple[int, list[str]]] = {}


def _weight_of_parts(visitor: Visitor, page: str) -> int:
    """Style sheets, scripts and what these import, the icon; each asked for once in a run."""
    waiting, seen = list(_LINKED.findall(page)), set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        if path not in _PARTS:
            _status, body, size, _took = visitor.get(path)
            imported = _IMPORTED.findall(body.decode()) if path.endswith(".js") else []
            _PARTS[path] = size, [urljoin(path, each) for each in imported]
        waiting += _PARTS[path][1]
    return sum(_PARTS[path][0] for path in seen)
