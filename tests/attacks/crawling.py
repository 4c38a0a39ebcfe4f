"""Reading all that there is to read: every address of the API that its own document names, and every page,
with every id that anybody has come across. An address that is new tomorrow is read tomorrow.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote, urlencode

import requests
from deskcli.fuzzing.document import VARIABLE, Document, Operation
from deskcli.fuzzing.known import ALIASES

SESSION, LIKINGS = "__Host-desk-session", "__Host-desk-likings"
SECONDS = 60  # on a busy machine
MOST_IDS = 3  # of one kind are tried in an address
# Things without an id of their own.
NAMED = {"code": "code", "which": "slug", "service": "service"}
PAGE_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
LINK = re.compile(rb'(?:href|hx-get|src)="(/[^"#]*)"')
# In a process of its own: the gateway makes threads green, and those of a test must not be.
PAGES = """
import json, gateway.assembly
from gateway.pages.site_map import all_pages
print(json.dumps([[each.path, each.permission] for each in all_pages() if each.method == "GET"]))
"""
Json = dict[str, Any]


@dataclass
class Ids:
    """What things are called, the first that was come across first."""

    found: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def learn(self, value: Any) -> None:
        if isinstance(value, list):
            for each in value:
                self.learn(each)
        elif isinstance(value, dict):
            for name, each in value.items():
                if isinstance(each, str) and (name.endswith("Id") or name in NAMED.values()):
                    self.found[name][each] = None
                self.learn(each)

    def of(self, name: str) -> list[str]:
        """Of a variable, as the API or as a page calls it."""
        head, *rest = name.split("_")
        camel = NAMED.get(name) or head + "".join(part.title() for part in rest)
        return list(self.found[ALIASES.get(camel, camel)])[:MOST_IDS]


class Reader:
    """Somebody who reads, with a sign-in or without."""

    def __init__(self, address: str, token: str = "") -> None:
        self._address, self._http = address, requests.Session()
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"
            self._http.headers["Cookie"] = f"{SESSION}={token}; {LIKINGS}=language=nl"

    def get(self, target: str) -> requests.Response | None:
        """None of what never ends."""
        answer = self._http.get(self._address + target, timeout=SECONDS, stream=True, allow_redirects=False)
        if "event-stream" in answer.headers.get("Content-Type", ""):
            answer.close()
            return None
        answer.content  # noqa: B018  reads it
        return answer


def text_of(answer: requests.Response) -> str:
    """What stands in an answer, heads and unpacked sheets included."""
    body = answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{dict(answer.headers)}\n{body.decode('utf-8', 'replace')}"


def api_targets(document: Document, ids: Ids, words: Iterable[str], may: Container[str]) -> Iterator[str]:
    """Of every operation that reads and that one `may` ask: with every id in its address, and with each of
    its parameters. (That nobody else may, a matrix tests.)
    """
    for operation in document.operations.values():
        permitted = operation.permission is None or operation.permission in may
        if operation.method == "GET" and permitted:
            for path in _filled(operation.address, VARIABLE, ids):
                yield path
                for query in _queries(operation, ids, words):
                    yield f"{path}?{query}"


def page_targets(ids: Ids, words: Iterable[str], may: Container[str]) -> Iterator[str]:
    for path, permission in _pages():
        if permission == "public" or permission in may:
            for filled in _filled(path, PAGE_VARIABLE, ids):
                yield filled
                yield from (f"{filled}?q={quote(word)}" for word in words)


@cache
def _pages() -> list[tuple[str, str]]:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-P", "-c", PAGES], check=True, capture_output=True, text=True
    )
    return [(path, permission) for path, permission in json.loads(told.stdout)]


def links_in(answer: requests.Response) -> set[str]:
    return {found.decode().replace("&amp;", "&") for found in LINK.findall(answer.content)}


def _filled(address: str, variable: re.Pattern[str], ids: Ids) -> Iterator[str]:
    names = variable.findall(address)
    for chosen in product(*(ids.of(name) for name in names)):
        filled = address
        for value in chosen:
            filled = variable.sub(quote(value, safe=""), filled, count=1)
        yield filled


def _queries(operation: Operation, ids: Ids, words: Iterable[str]) -> Iterator[str]:
    if "limit" in operation.query:
        yield "limit=100"
    for name, schema in operation.query.items():
        given: Iterable[str] = ()
        if name in ("q", "text", "place", "number"):
            given = words
        elif "enum" in schema:
            given = [str(each) for each in schema["enum"] if each is not None]
        elif name.endswith("Id"):
            given = ids.of(name)
        elif schema.get("type") == "boolean":
            given = ("true", "false")
        yield from (urlencode({name: each, **_most(operation)}) for each in given)


def _most(operation: Operation) -> Json:
    return {"limit": 100} if "limit" in operation.query else {}


def as_json(answer: requests.Response) -> Any:
    try:
        return json.loads(answer.content)
    except ValueError:
        return None
