"""What the running desk says about itself: its OpenAPI document, as far as callers and checks need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import jsonschema_rs

Json = dict[str, Any]
VARIABLE = re.compile(r"\{(\w+)\}")
PROBLEM, FORM, ANY = "application/problem+json", "multipart/form-data", "*/*"
MOST_FAULTS = 3  # of one body


@dataclass(frozen=True)
class Operation:
    """`permission` is None for what anybody may ask. `body` is the schema of the body, None without one;
    `query` the schemas of the parameters of the address by name, `path` those of the variables.
    """

    name: str
    method: str
    address: str
    permission: str | None
    path: Json
    query: Json
    headers: frozenset[str]
    body: Json | None
    takes_files: bool
    responses: Json = field(repr=False)

    @property
    def versioned(self) -> bool:
        return "If-Match" in self.headers

    @property
    def idempotent(self) -> bool:
        return "Idempotency-Key" in self.headers

    @cached_property
    def success(self) -> int:
        return next(int(status) for status in self.responses if status.startswith("2"))

    @cached_property
    def subject(self) -> str:
        """The address of the thing that this is about: up to the last variable; nothing without one."""
        found = list(VARIABLE.finditer(self.address))
        return self.address[: found[-1].end()] if found else ""

    @cached_property
    def lists(self) -> list[str]:
        """The addresses at which it lists things: one, or one for each word that its only variable may be."""
        if self.method != "GET" or any("enum" not in schema for schema in self.path.values()):
            return []
        words = next(iter(self.path.values()))["enum"] if self.path else [""]
        return [VARIABLE.sub(word, self.address) for word in words]


class Document:
    """The operations, and what their answers have to look like."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw
        self.operations = {each.name: each for each in _operations(raw)}
        self.addresses = frozenset(raw["paths"])
        self._readings = {each.address: each for each in self.operations.values() if each.method == "GET"}
        self._validators: dict[tuple[str, str], Any] = {}

    def reading(self, operation: Operation) -> Operation | None:
        """The operation that reads the thing which this one is about: the nearest on the way up."""
        address = operation.address
        while operation.subject and len(address) >= len(operation.subject):
            if address in self._readings:
                return self._readings[address]
            address = address.rpartition("/")[0]
        return None

    def resolve(self, schema: Json) -> Json:
        """A schema without the reference that it may be."""
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.raw["components"]["schemas"][name]
        return schema

    def faults_of(self, operation: Operation, status: int, value: Any) -> list[str]:
        """What is wrong with a body by the schema that is documented for it; a few of it."""
        content = self.media(operation, status)
        if not content or ANY in content:
            return []
        key = operation.name, str(status)
        if key not in self._validators:
            (media,) = content.values()
            schema = {**media["schema"], "components": self.raw["components"]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        errors = islice(self._validators[key].iter_errors(value), MOST_FAULTS)
        return [_sentence(error) for error in errors]

    def media(self, operation: Operation, status: int) -> Json:
        """Media type -> what is said of it, for one status; empty where there is no body."""
        found: Json = operation.responses.get(str(status), {}).get("content", {})
        return found


def _sentence(error: Any) -> str:
    place = "/".join("*" if isinstance(part, int) else str(part) for part in error.instance_path)
    return f"{place or 'the body'}: {str(error.message)[:160]}"


def _operations(raw: Json) -> Iterator[Operation]:
    for address, methods in raw["paths"].items():
        for method, said in methods.items():
            given = said.get("parameters", [])
            content = said.get("requestBody", {}).get("content", {})
            yield Operation(
                name=said["operationId"],
                method=method.upper(),
                address=address,
                permission=said.get("x-permission"),
                path={each["name"]: each["schema"] for each in given if each["in"] == "path"},
                query={each["name"]: each["schema"] for each in given if each["in"] == "query"},
                headers=frozenset(each["name"] for each in given if each["in"] == "header"),
                body=content.get("application/json", {}).get("schema"),
                takes_files=FORM in content,
                responses=said["responses"],
            )
