"""Answers to a product's questions: checked one by one, and told in the customer's language what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.domain.errors import Wrong

MAX_TEXT = 4_000
Answer = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only of who gave one of `answers` to the earlier `question`; of a yes or no: `yes`, `no`."""

    question: str
    answers: tuple[str, ...]

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """`answers`: those to the questions before, as they are kept."""
        given = answers.get(self.question)
        return (("no", "yes")[given] if isinstance(given, bool) else given) in self.answers


@dataclass(frozen=True, slots=True)
class Question:
    """`type`: text | number | choice | date | boolean. `choices`: value -> label per language."""

    key: str
    type: str
    required: bool
    label: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    asked_if: Condition | None = None

    @classmethod
    def from_fact(cls, given: Mapping[str, Any]) -> Question:
        choices = {choice["value"]: dict(choice["label"]) for choice in given.get("choices") or ()}
        asked = given.get("asked_if")
        condition = Condition(asked["question"], tuple(asked["answers"])) if asked else None
        return cls(given["key"], given["type"], given["required"], dict(given["label"]), choices, condition)

    def is_asked(self, answers: Mapping[str, Answer]) -> bool:
        return self.asked_if is None or self.asked_if.holds(answers)


TEXTS: Mapping[str, Mapping[str, str]] = {
    "required": {"nl": "Beantwoord de vraag ‘{label}’.", "en": "Answer the question ‘{label}’."},
    "unknown": {
        "nl": "Dit product vraagt dit niet. Laat dit antwoord weg.",
        "en": "This product does not ask this. Leave this answer out.",
    },
    "text": {"nl": "Vul tekst in.", "en": "Give text."},
    "too_long": {"nl": "Houd het onder {limit} tekens.", "en": "Keep it under {limit} characters."},
    "number": {"nl": "Vul een getal in, bijvoorbeeld 12 of 2,5.", "en": "Give a number, such as 12 or 2.5."},
    "choice": {"nl": "Kies een van deze: {options}.", "en": "Choose one of these: {options}."},
    "date": {"nl": "Vul een datum in als 2026-03-31.", "en": "Give a date such as 2026-03-31."},
    "boolean": {"nl": "Antwoord met ja of nee.", "en": "Answer yes or no."},
}
SUMMARY = {"nl": "Nog niet alle antwoorden kloppen.", "en": "Not all answers are right yet."}


class _Unfit(Exception):
    """Carries the key of TEXTS."""


def check_answers(
    questions: tuple[Question, ...], given: Mapping[str, Any], language: str
) -> dict[str, Answer]:
    """The answers in the form in which they are kept. Left out are empty ones, and those to a question that
    is not asked after all: a form without a script shows it to everybody.

    Raises Wrong with a text per question under "answers.<key>".
    """
    errors = dict.fromkeys(given.keys() - {question.key for question in questions}, "unknown")
    answers: dict[str, Answer] = {}
    for question in questions:
        if not question.is_asked(answers):
            continue
        value = given.get(question.key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if question.required:
                errors[question.key] = "required"
            continue
        try:
            answers[question.key] = PARSERS[question.type](question, value)
        except _Unfit as unfit:
            errors[question.key] = str(unfit)
    if errors:
        raise _wrong(questions, errors, language)
    return answers


def _wrong(questions: tuple[Question, ...], errors: Mapping[str, str], language: str) -> Wrong:
    lang = language if language in SUMMARY else "en"
    known = {question.key: question for question in questions}
    texts = {f"answers.{key}": [_text(known.get(key), error, lang)] for key, error in sorted(errors.items())}
    return Wrong("answers_invalid", SUMMARY[lang], texts)


def _text(question: Question | None, error: str, language: str) -> str:
    label = question.label.get(language, question.key) if question else ""
    options = ", ".join(value for value in question.choices) if question else ""
    return TEXTS[error][language].format(label=label, options=options, limit=MAX_TEXT)


def _a_text(_question: Question, value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise _Unfit("text")
    if len(value) > MAX_TEXT:
        raise _Unfit("too_long")
    return value.strip()


def _a_number(_question: Question, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _Unfit("number")
    try:
        number = float(value.strip().replace(",", ".")) if isinstance(value, str) else float(value)
    except (ValueError, OverflowError):
        raise _Unfit("number") from None
    if not math.isfinite(number) or abs(number) > 1e15:
        raise _Unfit("number")
    return int(number) if number.is_integer() else number


def _a_choice(question: Question, value: Any) -> str:
    if not isinstance(value, str) or value not in question.choices:
        raise _Unfit("choice")
    return value


def _a_date(_question: Question, value: Any) -> str:
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except (AttributeError, TypeError, ValueError):
        raise _Unfit("date") from None


YES_NO = {"true": True, "ja": True, "yes": True, "false": False, "nee": False, "no": False}


def _a_boolean(_question: Question, value: Any) -> bool:
    answer = YES_NO.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(answer, bool):
        raise _Unfit("boolean")
    return answer


PARSERS: Mapping[str, Callable[[Question, Any], Answer]] = {
    "text": _a_text,
    "number": _a_number,
    "choice": _a_choice,
    "date": _a_date,
    "boolean": _a_boolean,
}
