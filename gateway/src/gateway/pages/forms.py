"""What a browser posts: fields with text values, checked by the same shapes as the API's bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from marshmallow import Schema
from servicekit.errors import Invalid

from gateway.files.incoming import Incoming
from gateway.http import bodies
from gateway.http.errors import BadRequest, UnsupportedMediaType
from gateway.http.naming import camelise, snake

FORM_TYPE = "application/x-www-form-urlencoded"
MOST_FIELDS = 500
LIMIT = 256 * 1024
# Fields of the form itself, not of what it says.
OWN = frozenset({"csrf", "key", "version", "next", "resume", "attachment", "files_lost"})


@dataclass(frozen=True)
class Form(Mapping[str, str]):
    """The fields by name; of one given several times the last, and all with `many`."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Incoming] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.fields[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def many(self, name: str) -> list[str]:
        return self.fields.get(name, [])

    def text(self, name: str) -> str | None:
        """Trimmed; None when empty or missing."""
        return (self.get(name) or "").replace("\r\n", "\n").strip() or None

    def said(self) -> dict[str, str]:
        """What the visitor filled in, without the fields of the form itself."""
        return {name: self[name] for name in self if name not in OWN}

    def under(self, prefix: str) -> dict[str, str]:
        """`answers.element=x` under `answers` is {"element": "x"}, empty ones left out."""
        start = prefix + "."
        named = {name.removeprefix(start): self.text(name) for name in self if name.startswith(start)}
        return {name: text for name, text in named.items() if text is not None}


def read(environ: dict[str, Any]) -> Form:
    """Raises BadRequest, UnsupportedMediaType, BodyTooLarge."""
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM_TYPE:
        raise UnsupportedMediaType("form_expected", "This address takes a form.")
    return parse(bodies.read(environ, LIMIT).decode("utf-8", "replace"))


def parse(text: str) -> Form:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise BadRequest("bad_form", "The form can't be read.") from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return Form(found)


def load(shape: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Through a shape of the API. `values` has snake_case names, and so has what comes out and
    `Invalid.errors`.
    """
    given = camelise({name: value for name, value in values.items() if value is not None and value != ""})
    try:
        loaded: dict[str, Any] = shape.load(given)
    except Invalid as error:
        error.errors = {snake(name): texts for name, texts in error.errors.items()}
        raise
    return loaded
