"""The questions of a product: each answer has a key of its own and a type to check it by."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.domain.problems import Problems, one_of
from catalog.domain.values import QUESTION_TYPES, Question

MAX_QUESTIONS = 50
MAX_CHOICES = 100
MAX_VALUE = 80


def check_questions(questions: Sequence[Question], problems: Problems, path: str = "questions") -> None:
    problems.unless(len(questions) <= MAX_QUESTIONS, path, f"Ask {MAX_QUESTIONS} questions at most.")
    problems.check_keys(path, (question.key for question in questions), "question")
    for index, question in enumerate(questions):
        here = f"{path}.{index}"
        problems.unless(question.label, f"{here}.label", "Write the question as the requester will read it.")
        problems.unless(question.type in QUESTION_TYPES, f"{here}.type", one_of(QUESTION_TYPES))
        _check_choices(question, problems, f"{here}.choices")


def _check_choices(question: Question, problems: Problems, path: str) -> None:
    if question.type != "choice":
        problems.unless(not question.choices, path, "Leave the choices out, or make the type 'choice'.")
        return
    problems.unless(2 <= len(question.choices) <= MAX_CHOICES, path, f"Offer 2 to {MAX_CHOICES} choices.")
    seen: set[str] = set()
    for index, choice in enumerate(question.choices):
        field = f"{path}.{index}.value"
        problems.unless(0 < len(choice.value) <= MAX_VALUE, field, f"Use 1 to {MAX_VALUE} characters.")
        problems.unless(choice.value not in seen, field, f"The value '{choice.value}' is there already.")
        problems.unless(choice.label, f"{path}.{index}.label", "Write it as the requester will read it.")
        seen.add(choice.value)
