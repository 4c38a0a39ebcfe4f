"""Bases and fields that all shapes share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import INCLUDE, RAISE, Schema, ValidationError, fields, post_load, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command

from gateway.http.naming import camel

# What no field of ours needs and PostgreSQL, logs or mails can't take: control characters but tab and line
# ends.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Camel(Schema):
    """Names are camelCase outside and snake_case inside."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = camel(field_obj.data_key or field_name)


class Body(Camel, Command):
    """A body or a query: unknown fields are refused; a null is the same as nothing."""

    class Meta:
        unknown = RAISE

    @post_load
    def without_nothing(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if value is not None}


class View(Camel):
    """An answer. Answers are not dumped through these: the services' words go out as they are, renamed."""

    class Meta:
        unknown = INCLUDE


class Text(fields.String):
    """Text of a person: trimmed, without control characters, `most` characters at most. Required means not
    empty."""

    def __init__(self, most: int = 200, *, least: int | None = None, **details: Any) -> None:
        self._least = least if least is not None else int(bool(details.get("required")))
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(validate=validate.Length(min=self._least or None, max=most), **details)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        if text is None:
            return None
        if _CONTROL.search(text):
            raise ValidationError("Contains a character that can't be used.")
        return text.strip()


class Choice(Text):
    """One of a few words."""

    def __init__(self, *words: str, **details: Any) -> None:
        super().__init__(**details)
        self.validators = [validate.OneOf(words)]


class Id(fields.UUID):
    """An id as text: services take and give text."""

    def __init__(self, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(**details)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return str(super()._deserialize(value, *args, **kwargs))


class Moment(fields.AwareDateTime):
    """A moment with its offset; without one it would be a guess. Far from our time it is a slip."""

    def __init__(self, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(format="iso", **details)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        moment = super()._deserialize(value, *args, **kwargs)
        if not 1970 <= moment.year <= 2200:
            raise ValidationError("Give a moment between 1970 and 2200.")
        return moment


class Whole(fields.Integer):
    """A whole number within limits."""

    def __init__(self, least: int, most: int, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(strict=True, validate=validate.Range(least, most), **details)


class Localised(fields.Dict):
    """A text per language: {"nl": "...", "en": "..."}."""

    def __init__(self, most: int = 20_000, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(
            keys=fields.String(validate=validate.OneOf(["nl", "en"])),
            values=Text(most),
            validate=validate.Length(min=1) if details.get("required") else None,
            **details,
        )


class Scalar(fields.Field[Any]):
    """A text, a number or yes/no, as the answer to a question of a product."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return Text(4000).deserialize(value)
        if value is None or isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 1e15):
            return value
        raise ValidationError("Answer with a text, a number, or yes or no.")


class Answers(fields.Dict):
    """Answers to a product's questions by the question's key, which is passed on as it is."""

    def __init__(self, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(
            keys=Text(100, required=True), values=Scalar(), validate=validate.Length(max=100), **details
        )


class Number(fields.Integer):
    """A whole number in an address, where everything is text."""

    def __init__(self, least: int, most: int, **details: Any) -> None:
        details.setdefault("allow_none", not details.get("required"))
        super().__init__(validate=validate.Range(least, most), **details)


class Page(Body):
    """The parameters of every list."""

    cursor = Text(1000, metadata={"description": "`nextCursor` of the page before."})
    limit = Number(1, MAX_LIMIT, metadata={"description": f"{DEFAULT_LIMIT} when not given."})


def page_of(view: type[Schema], name: str) -> type[View]:
    """The shape of a page of `view`."""
    shape: Mapping[str, Any] = {
        "items": fields.List(fields.Nested(view), required=True),
        "next_cursor": fields.String(required=True, allow_none=True),
        "next": fields.String(
            required=True, allow_none=True, metadata={"description": "Address of the next page."}
        ),
    }
    return type(name, (View,), dict(shape))
