"""Puts calls together: an operation, a role, and input that is sensible, nearly right, made from the schema,
or broken.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from deskcli.fuzzing import forms, knowledge
from deskcli.fuzzing.breeding import Brood
from deskcli.fuzzing.document import FORM, VARIABLE, Document, Json, Operation
from deskcli.fuzzing.mutations import TEXTS, mutated
from deskcli.fuzzing.sensible import Composer

# How the input is made, and how often.
MANNERS: Mapping[str, int] = {"sensible": 42, "mutated": 26, "bred": 18, "broken": 14}
JSON_TYPE, FORM_TYPE = "application/json", f"{FORM}; boundary={forms.BOUNDARY}"
LONG = 300_000  # bytes: above what an ordinary route takes
KNOWINGLY = 0.7  # of the addresses with more in it than one thing
LONGEST = 600  # characters of one value in an address
LONGEST_QUERY = 6000  # of all: the server refuses longer ones by itself
BODIES = (
    b"", b"{", b"[]", b"null", b'"text"', b"1", b"\xff\xfe{}", b'{"a": NaN}', b'{"a": 1e999}',
    b'{"a": 1, "a": 2}',
    b"[" * 20_000, b'{"a":' * 20_000, b'{"text": "\\ud800"}', b"{}\x00", b'\xef\xbb\xbf{"text": "x"}',
    b'{"text": "' + b"x" * LONG + b'"}',
)  # fmt: skip
TYPES = (
    JSON_TYPE, "application/json; charset=latin-1", "text/plain", "application/xml", "",
    "multipart/form-data",
)  # fmt: skip
TAGS = ("*", 'W/"1"', '"0"', '"999999999"', '"x"', "1", '""', '"1", "2"', '"' + "9" * 30 + '"')
IDEMPOTENCY_KEYS = ("", "x" * 201, "één", "a b", "same-key-for-everything")
IDS = (
    "x",
    "0",
    "00000000-0000-0000-0000-000000000000",
    "%00",
    "..",
    "é",
    "A" * 200,
    "1;drop",
    "current",
    "me",
)


@dataclass(frozen=True)
class Call:
    """One HTTP request. `target` is what stands in the request line; `token` is None without a sign-in."""

    operation: Operation
    role: str
    manner: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    token: str | None
    chunked: bool = False


class Caller:
    """Makes the calls of one role in one thread."""

    def __init__(self, document: Document, composer: Composer, brood: Brood, sign_in: Json) -> None:
        self.document = document
        self.composer = composer
        self.chance: random.Random = composer.chance
        self.known = composer.known
        self.brood = brood
        self.sign_in = sign_in

    def call(self, operation: Operation, token: str | None, manner: str = "") -> Call:
        manner = manner or self.chance.choices(list(MANNERS), list(MANNERS.values()))[0]
        bred = self.brood.one(operation.name, self.chance) if manner == "bred" else None
        careful = manner == "sensible"
        path = self._path(operation, careful)
        query = self._query(operation, manner, bred)
        body = (
            self._files(operation, manner) if operation.takes_files else self._body(operation, manner, bred)
        )
        headers = self._headers(operation, path, careful)
        chunked = False
        if body is not None:
            headers["Content-Type"] = FORM_TYPE if operation.takes_files else JSON_TYPE
            if manner == "broken" and self.chance.random() < 0.3:
                headers["Content-Type"] = self.chance.choice(TYPES)
                chunked = self.chance.random() < 0.2
        if operation.name == "sign_out":
            token = self.known.take("token")  # that of a caller is still needed
        elif manner == "broken" and self.chance.random() < 0.1:
            token = self.chance.choice(("x", "sds_" + "A" * 43, "é", "x" * 300, token or ""))
        target = VARIABLE.sub(lambda found: quote(path[found[1]], safe="%"), operation.address) + query
        return Call(operation, self.composer.role, manner, target, headers, body, token, chunked)

    def look(self, operation: Operation, call: Call, token: str | None) -> Call | None:
        """The call that reads what `call` is about to change."""
        reading = self.document.reading(operation)
        if reading is None:
            return None
        depth = reading.address.count("/")
        target = "/".join(call.target.partition("?")[0].split("/")[: depth + 1])
        return Call(reading, self.composer.role, "sensible", target, {}, None, token)

    def _path(self, operation: Operation, careful: bool) -> dict[str, str]:
        """The last variable names a thing, and the thing mostly knows what stands before it."""
        found: dict[str, str] = {}
        together = knowledge.path_for(operation.name, self.composer)
        if together and (careful or self.chance.random() < KNOWINGLY):
            return together
        for name, schema in reversed(operation.path.items()):
            within = self.known.seen(self.composer.role, *next(iter(found.items()))) if found else {}
            found[name] = str(within.get(name) or self._variable(operation, name, schema, careful))
        return found

    def _variable(self, operation: Operation, name: str, schema: Json, careful: bool) -> str:
        if not careful and self.chance.random() < 0.12:
            odd = self.chance.choice((*IDS, self.composer.new_id()))
            # `/v1/people/me` is an operation of its own, with answers of its own.
            taken = operation.address.replace(f"{{{name}}}", odd) in self.document.addresses
            return self.composer.new_id() if taken else odd
        if schema.get("format") == "uuid":
            fits = knowledge.fitting(operation.name, name)
            found = self.known.thing(name, self.chance, self.composer.role, fits)
            if found or operation.name in knowledge.LETTING_IN:
                return found[0] if found else self.composer.new_id()
            return self.composer.known_id(name)
        if name == "service" and (failing := self.known.thing("failureId", self.chance)):
            return str(failing[1].get("service", "dispatch"))
        if name == "name":
            return self.chance.choice(knowledge.PROGRAMS)
        return str(self.composer.value(schema, name))

    def _query(self, operation: Operation, manner: str, bred: Json | None) -> str:
        given: dict[str, Any] = {}
        for name, schema in operation.query.items():
            if self.chance.random() < (0.3 if len(operation.query) > 2 else 0.6):
                given[name] = self.composer.value(schema, name)
        if manner == "mutated" and operation.query:
            text = self.chance.choice(TEXTS)[:LONGEST]
            given = {**given, self.chance.choice(list(operation.query)): text}
        if bred:
            given = bred["query"]
        pairs = [(name, _as_text(value)[:LONGEST]) for name, value in given.items() if value != ""]
        while len(_encoded(pairs)) > LONGEST_QUERY:
            pairs.pop()
        if manner == "broken":
            pairs += self.chance.choice(([], [("unknown", "1")], pairs[:1], [("limit", "-1")]))
            return "?" + _encoded(pairs) + self.chance.choice(("", "&q=%ff", "&=&&", "&q=%zz"))
        return f"?{_encoded(pairs)}" if pairs else ""

    def _body(self, operation: Operation, manner: str, bred: Json | None) -> bytes | None:
        if operation.body is None:
            return None
        if manner == "broken":
            return self.chance.choice(BODIES)
        if bred and "raw" in bred:
            return bytes.fromhex(bred["raw"])
        if bred and self.chance.random() < 0.6:
            return _dumped(bred["body"])
        body = knowledge.informed(
            operation.name, self.composer.value(operation.body, operation.name), self.composer
        )
        if operation.name == "sign_in" and manner == "sensible":
            body = self.sign_in
        return _dumped(mutated(body, self.chance) if manner != "sensible" else body)

    def _files(self, operation: Operation, manner: str) -> bytes:
        """A form with a file; with several or none, or none at all, where it is not to be sensible."""
        if manner == "broken":
            return self.chance.choice(BODIES)
        known = knowledge.file_for(operation.name, self.composer) if manner == "sensible" else None
        if known:
            return forms.with_files([known])
        count = 1 if manner == "sensible" else self.chance.choice((0, 1, 1, 2, 6))
        return forms.with_files([forms.file(self.chance, manner == "sensible") for _ in range(count)])

    def _headers(self, operation: Operation, path: Json, careful: bool) -> dict[str, str]:
        headers = {"Accept": "*/*"}
        if operation.name == "sign_in":  # each from another address: guessing is slowed down per address
            headers["X-Forwarded-For"] = ".".join(str(self.chance.randrange(1, 250)) for _ in range(4))
        wrong = not careful and self.chance.random() < 0.15
        if operation.idempotent and (careful or self.chance.random() < 0.7):
            headers["Idempotency-Key"] = (
                self.chance.choice(IDEMPOTENCY_KEYS) if wrong else self.composer.new_id()
            )
        if operation.versioned:
            version = self._version(path)
            headers["If-Match"] = self.chance.choice(TAGS) if wrong else f'"{version}"'
            if not careful and self.chance.random() < 0.1:
                del headers["If-Match"]
        return headers

    def _version(self, path: Json) -> Any:
        """Of what the address names; else of what the house has one of, as it is on its first days."""
        for name, id_ in path.items():
            return self.known.seen(self.composer.role, name, id_).get("version", 1)
        return self.chance.randrange(3)


def with_version(call: Call, tag: str) -> Call:
    """The same call about the version that was just read."""
    return Call(
        call.operation, call.role, call.manner, call.target, {**call.headers, "If-Match": tag},
        call.body, call.token, call.chunked,
    )  # fmt: skip


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="replace")


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode()
