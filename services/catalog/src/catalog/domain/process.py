"""A process: steps for providers, some at once, some after others. It must be able to run to its end."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.domain.problems import SLUG, Problems, one_of
from catalog.domain.terms import check_term
from catalog.domain.values import CHECKERS, Step

MAX_STEPS = 50
MAX_CHECKS = 30
MAX_CHECK = 200
MAX_ROLE = 60


def check_process(steps: Sequence[Step], problems: Problems, path: str = "process.steps") -> None:
    problems.unless(len(steps) <= MAX_STEPS, path, f"Use {MAX_STEPS} steps at most.")
    problems.check_keys(path, (step.key for step in steps), "step")
    for index, step in enumerate(steps):
        _check_step(step, problems, f"{path}.{index}")
    _check_dependencies(steps, problems, path)
    _check_that_all_can_start(steps, problems, path)


def in_running_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Every step after those it depends on; otherwise in the author's order. Only for a checked process."""
    ordered: list[Step] = []
    done: set[str] = set()
    waiting = list(steps)
    while waiting:
        ready = next(step for step in waiting if done.issuperset(step.depends_on))
        waiting.remove(ready)
        ordered.append(ready)
        done.add(ready.key)
    return tuple(ordered)


def _check_step(step: Step, problems: Problems, path: str) -> None:
    problems.unless(step.title, f"{path}.title", "Say in a few words what is done in this step.")
    _check_who(step, problems, path)
    if step.check:
        problems.unless(step.check.by in CHECKERS, f"{path}.check.by", one_of(CHECKERS))
    check_term(step.lead_time, problems, f"{path}.lead_time")
    _check_checklist(step, problems, f"{path}.checklist")
    fine = step.cost_cents is None or step.cost_cents >= 0
    problems.unless(fine, f"{path}.cost_cents", "Give the amount in whole cents, 0 or more.")


def _check_who(step: Step, problems: Problems, path: str) -> None:
    """A provider or a role; a step that names both has only its role."""
    if step.role is not None:
        fits = SLUG.fullmatch(step.role) and len(step.role) <= MAX_ROLE
        problems.unless(fits, f"{path}.role", "Give the role as providers have it, such as 'plumbing'.")
        return
    problems.unless(
        SLUG.fullmatch(step.provider), f"{path}.provider", "Give the provider's slug, such as 'huisdienst'."
    )


def _check_checklist(step: Step, problems: Problems, path: str) -> None:
    problems.unless(len(step.checklist) <= MAX_CHECKS, path, f"Use {MAX_CHECKS} points at most.")
    for index, point in enumerate(step.checklist):
        problems.unless(point, f"{path}.{index}", "Say in a few words what to look at.")
        fits = all(len(words) <= MAX_CHECK for words in (point.nl, point.en))
        problems.unless(fits, f"{path}.{index}", f"Use {MAX_CHECK} characters at most.")


def _check_dependencies(steps: Sequence[Step], problems: Problems, path: str) -> None:
    keys = {step.key for step in steps}
    for index, step in enumerate(steps):
        field = f"{path}.{index}.depends_on"
        for wanted in step.depends_on:
            if wanted not in keys:
                problems.add(field, f"There is no step '{wanted}'. {_others(keys - {step.key})}")
        problems.unless(len(set(step.depends_on)) == len(step.depends_on), field, "Name each step once.")


def _others(keys: set[str]) -> str:
    return (
        f"Name other steps ({', '.join(sorted(keys))})." if keys else "There are no other steps to wait for."
    )


def _check_that_all_can_start(steps: Sequence[Step], problems: Problems, path: str) -> None:
    """Play the process through: what can't start is in a circle, or waits for one and is never reached."""
    keys = {step.key for step in steps}
    waits_for = {step.key: keys.intersection(step.depends_on) for step in steps}
    stuck = _never_starting(waits_for)
    for index, step in enumerate(steps):
        if step.key not in stuck:
            continue
        circle = _circle_through(step.key, waits_for)
        message = _circle_message(circle) if circle else _unreached_message(step)
        problems.add(f"{path}.{index}.depends_on", message)


def _never_starting(waits_for: dict[str, set[str]]) -> set[str]:
    done: set[str] = set()
    while ready := {key for key, wanted in waits_for.items() if key not in done and wanted <= done}:
        done |= ready
    return set(waits_for) - done


def _circle_through(start: str, waits_for: dict[str, set[str]]) -> list[str]:
    """The shortest way from a step back to itself along what it waits for; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:  # grows while we walk: breadth first
        for wanted in sorted(waits_for[way[-1]]):
            if wanted == start:
                return [*way, start]
            if wanted not in seen:
                seen.add(wanted)
                ways.append([*way, wanted])
    return []


def _circle_message(circle: list[str]) -> str:
    return f"These steps wait for each other: {' → '.join(circle)}. Remove one of the dependencies."


def _unreached_message(step: Step) -> str:
    return f"This step is never reached: it waits for {', '.join(step.depends_on)}, which can't be completed."
