"""Bases for what crosses a boundary: strict in what it takes as a command, tolerant in what it hears as a
fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, validates_schema
from marshmallow.schema import SchemaMeta

from servicekit.errors import Invalid


class _Shared(SchemaMeta):
    """`X()` is one instance per class: marshmallow copies all fields for each, and loading keeps no state."""

    def __call__(cls, *args: Any, **options: Any) -> Any:  # noqa: N805  (a metaclass's self is a class)
        if args or options:
            return super().__call__(*args, **options)
        if "_shared" not in cls.__dict__:
            cls._shared = super().__call__()
        return cls._shared


class Command(Schema, metaclass=_Shared):
    """Unknown fields are refused, so that nothing is accepted that will not be carried out."""

    class Meta:
        unknown = RAISE

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Raises Invalid with the messages per field; nested fields are joined by dots (`answers.floor`)."""
        if "unknown" in kwargs:  # so says the field that nests us: the errors are its parent's to gather
            return super().load(data, **kwargs)
        try:
            return super().load(data, **kwargs)
        except ValidationError as error:
            raise Invalid("invalid", "Some fields are not right.", flatten(error.messages)) from error


class Days(Command):
    """A period: from `first` up to and including `last`, some years at most."""

    most = 1100
    first = fields.Date(required=True)
    last = fields.Date(required=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["last"] < data["first"]:
            raise ValidationError("The period ends before it begins.", "last")
        if (data["last"] - data["first"]).days >= self.most:
            raise ValidationError(f"Ask for at most {self.most} days.", "first")
        if not data["first"].year >= 1970 or data["last"].year > 2200:
            raise ValidationError("Give days between 1970 and 2200.", "first")


class Fact(Schema, metaclass=_Shared):
    """Unknown fields are ignored: a producer may add to an event without asking its listeners."""

    class Meta:
        unknown = EXCLUDE


def flatten(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as {"a.0.b": ["..."]}."""
    if isinstance(messages, Mapping):
        found: dict[str, list[str]] = {}
        for key, value in messages.items():
            name = prefix if key == "_schema" else f"{prefix}.{key}" if prefix else str(key)
            found.update(flatten(value, name))
        return found
    texts = messages if isinstance(messages, list) else [messages]
    return {prefix or "body": [str(text) for text in texts]}
