"""A process is refused when it could not run to its end, and the author hears where and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from catalog.domain.problems import Problems
from catalog.domain.process import MAX_STEPS, check_process, in_running_order
from catalog.domain.values import Check, Step, Term, Text, step


def steps(*described: str) -> list[Step]:
    """steps("a", "b<a", "c<a,b"): c waits for a and b."""
    made = []
    for each in described:
        key, _, wanted = each.partition("<")
        made.append(Step(key, Text(key, key), "huisdienst", tuple(wanted.split(",")) if wanted else ()))
    return made


def problems_of(found: list[Step]) -> dict[str, list[str]]:
    problems = Problems()
    check_process(found, problems)
    return problems.by_field


@pytest.mark.parametrize(
    "described",
    [
        (),
        ("a",),
        ("a", "b"),
        ("a", "b<a"),
        ("b<a", "a"),
        ("a", "b", "c<a,b", "d<c"),
        ("a", "b<a", "c<a", "d<b,c"),
    ],
)
def test_a_process_that_can_run_to_its_end_is_accepted(described: tuple[str, ...]) -> None:
    assert problems_of(steps(*described)) == {}


CIRCLE = "These steps wait for each other: {}. Remove one of the dependencies."
REFUSED = [
    (("a<a",), "process.steps.0.depends_on", CIRCLE.format("a → a")),
    (("a<b", "b<a"), "process.steps.0.depends_on", CIRCLE.format("a → b → a")),
    (("a<b", "b<a"), "process.steps.1.depends_on", CIRCLE.format("b → a → b")),
    (("s", "a<c", "b<a,s", "c<b"), "process.steps.1.depends_on", CIRCLE.format("a → c → b → a")),
    (
        ("a<b", "b<a", "c<b"),
        "process.steps.2.depends_on",
        "This step is never reached: it waits for b, which can't be completed.",
    ),
    (("a", "b<x"), "process.steps.1.depends_on", "There is no step 'x'. Name other steps (a)."),
    (("a<x",), "process.steps.0.depends_on", "There is no step 'x'. There are no other steps to wait for."),
    (("a", "b<a,a"), "process.steps.1.depends_on", "Name each step once."),
    (("a", "a"), "process.steps.1.key", "Another step has the key 'a'. Give each its own."),
    (
        ("A b",),
        "process.steps.0.key",
        "Start with a small letter; then small letters, digits, '-' or '_'; 40 at most.",
    ),
    (tuple(f"s{n}" for n in range(MAX_STEPS + 1)), "process.steps", f"Use {MAX_STEPS} steps at most."),
]


@pytest.mark.parametrize(("described", "field", "message"), REFUSED)
def test_what_is_wrong_is_said_at_its_field(described: tuple[str, ...], field: str, message: str) -> None:
    assert message in problems_of(steps(*described))[field]


def test_a_circle_is_told_beside_a_step_that_does_not_exist() -> None:
    found = problems_of(steps("a<b", "b<a", "c<zz"))
    assert set(found) == {f"process.steps.{index}.depends_on" for index in range(3)}


def test_every_problem_is_listed_at_once() -> None:
    bad = Step("a", Text("", ""), "De Huisdienst", (), Term(0, "weeks"))
    assert set(problems_of([bad])) == {
        "process.steps.0.title",
        "process.steps.0.provider",
        "process.steps.0.lead_time.amount",
        "process.steps.0.lead_time.unit",
    }


@pytest.mark.parametrize(
    ("described", "order"),
    [
        (("a", "b", "c"), "abc"),
        (("c<b", "b<a", "a"), "abc"),
        (("d<b,c", "b<a", "c", "a"), "cabd"),
    ],
)
def test_steps_stand_in_running_order_and_otherwise_as_the_author_wrote_them(
    described: tuple[str, ...], order: str
) -> None:
    assert "".join(step.key for step in in_running_order(steps(*described))) == order


def who(provider: str = "", **more: Any) -> Step:
    return replace(Step("a", Text("Kijken", "Look"), provider), **more)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (who("huisdienst"), None),
        (who(role="plumbing"), None),
        (who(), "provider"),
        (who("De Huisdienst"), "provider"),
        (who(role="Heavy lifting"), "role"),
        (who(role="p" * 61), "role"),
        (who("huisdienst", check=Check("desk")), None),
        (who("huisdienst", check=Check("team_lead", holds=True)), None),
        (who("huisdienst", check=Check("customer")), None),
        (who("huisdienst", check=Check("the neighbours")), "check.by"),
    ],
)
def test_a_step_has_a_provider_or_a_role_and_a_check_by_somebody_known(
    given: Step, field: str | None
) -> None:
    assert set(problems_of([given])) == ({f"process.steps.0.{field}"} if field else set())


def test_a_step_that_names_both_has_only_its_role() -> None:
    title = {"nl": "Kijken", "en": "Look"}
    made = step({"key": "a", "title": title, "provider": "huisdienst", "role": "plumbing"})
    assert (made.provider, made.role) == ("", "plumbing")
