"""The kinds of value that messages are made of: each says what it takes, in words for who sent it."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, validate

# Control characters but tab and line ends: PostgreSQL takes no NUL, and no screen needs the others.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class AtMost(validate.Length):
    """Of a text that may be nothing."""

    def __call__(self, value: Any) -> Any:
        return value if value is None else super().__call__(value)


class Text(fields.String):
    """Trimmed. Required means not empty; an optional empty one is None."""

    def __init__(self, most: int = 200, **options: Any) -> None:
        options.setdefault("load_default", None) if not options.get("required") else None
        super().__init__(allow_none=not options.get("required"), validate=AtMost(max=most), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if CONTROL.search(text):
            raise ValidationError("Leave out characters that can't be printed.")
        if not text and self.required:
            raise ValidationError("Fill this in.")
        return text or None


class Choice(Text):
    def __init__(self, *words: str, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [validate.OneOf(words)]


class Id(fields.UUID):
    def __init__(self, **options: Any) -> None:
        optional = {} if options.get("required") else {"load_default": None, "allow_none": True}
        super().__init__(**{**optional, **options})


class Moment(fields.AwareDateTime):
    """With its offset, between 1970 and 2200: what lies outside is a slip, and breaks calendars."""

    def __init__(self, **options: Any) -> None:
        optional = {} if options.get("required") else {"load_default": None, "allow_none": True}
        super().__init__(format="iso", **{**optional, **options})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not 1970 <= moment.year <= 2200:
            raise ValidationError("Give a moment between 1970 and 2200.")
        return moment


class Flag(fields.Boolean):
    def __init__(self) -> None:
        super().__init__(load_default=None, allow_none=True)


class Answers(fields.Dict):
    """By key of the question; whether they fit the question is for the product to say."""

    def __init__(self) -> None:
        super().__init__(keys=Text(100, required=True), load_default=dict, allow_none=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        answers = super()._deserialize(value, attr, data, **kwargs)
        if len(answers) > 100:
            raise ValidationError("Give at most 100 answers.")
        wrong = {key: [text] for key, answer in answers.items() if (text := _wrong_with(answer))}
        if wrong:
            raise ValidationError(wrong)
        return answers


def _wrong_with(answer: Any) -> str | None:
    if isinstance(answer, str):
        return "Leave out characters that can't be printed." if CONTROL.search(answer) else None
    if answer is not None and not isinstance(answer, bool | int | float):
        return "Answer with a text, a number, or yes or no."
    if isinstance(answer, int | float) and not abs(answer) < 1e15:
        return "Give a smaller number."
    return None
