"""The questions of a product: each answer has a key of its own and a type to check it by."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.domain.problems import Problems, one_of
from catalog.domain.values import QUESTION_TYPES, Question

MAX_QUESTIONS = 50
MAX_CHOICES = 100
MAX_VALUE = 80
YES_NO = ("yes", "no")


def check_questions(questions: Sequence[Question], problems: Problems, path: str = "questions") -> None:
    problems.unless(len(questions) <= MAX_QUESTIONS, path, f"Ask {MAX_QUESTIONS} questions at most.")
    problems.check_keys(path, (question.key for question in questions), "question")
    for index, question in enumerate(questions):
        here = f"{path}.{index}"
        problems.unless(question.label, f"{here}.label", "Write the question as the requester will read it.")
        problems.unless(question.type in QUESTION_TYPES, f"{here}.type", one_of(QUESTION_TYPES))
        _check_choices(question, problems, f"{here}.choices")
        _check_condition(question, questions[:index], problems, f"{here}.asked_if")


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


def _check_condition(question: Question, earlier: Sequence[Question], problems: Problems, path: str) -> None:
    """On an earlier question whose answers are known beforehand, so that no two can wait for each other."""
    condition = question.asked_if
    if condition is None:
        return
    asked = next((each for each in earlier if each.key == condition.question), None)
    possible = possible_answers(asked) if asked else ()
    if asked is None:
        problems.add(f"{path}.question", "Name a question that stands above this one.")
    elif not possible:
        problems.add(f"{path}.question", "Name a question with choices, or one that is answered yes or no.")
    else:
        problems.unless(condition.answers, f"{path}.answers", "Name at least one answer.")
        for answer in condition.answers:
            problems.unless(answer in possible, f"{path}.answers", _unknown_answer(answer, possible))


def possible_answers(question: Question) -> tuple[str, ...]:
    """Those that a condition may name; none of a question that is answered freely."""
    if question.type == "boolean":
        return YES_NO
    return tuple(choice.value for choice in question.choices) if question.type == "choice" else ()


def _unknown_answer(answer: str, possible: Sequence[str]) -> str:
    return f"'{answer}' is no answer to that question. Use one of: {', '.join(possible)}."
