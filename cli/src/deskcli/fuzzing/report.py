"""The report: who called what how often and with what effect, every status, and everything that was wrong."""

from __future__ import annotations

from collections.abc import Iterator

from deskcli.fuzzing.checks import TOO_SLOW
from deskcli.fuzzing.play import Outcome

WIDTH = 31
OFTEN = 3  # reasons that are named of what was never carried out


def text(outcome: Outcome) -> str:
    parts = (_head(outcome), _table(outcome), _foot(outcome), _found(outcome))
    return "\n".join(line for part in parts for line in part)


def faults(outcome: Outcome) -> str:
    """Only what is wrong: where a log is cut off, this has to stand first."""
    return "\n".join((*_head(outcome), *_found(outcome)))


def _head(outcome: Outcome) -> Iterator[str]:
    tally, plan = outcome.tally, outcome.plan
    word = "nothing found" if outcome.good else "FAULTS FOUND"
    pace = tally.calls / outcome.seconds if outcome.seconds else 0.0
    yield (
        f"\nseed {plan.seed}: {tally.calls} calls in {outcome.seconds:.0f} s ({pace:.0f} per second),"
        f" {outcome.bred} made by schemathesis: {word}\n"
    )


def _table(outcome: Outcome) -> Iterator[str]:
    """Of each operation by each role: carried out / called."""
    tally, roles = outcome.tally, outcome.plan.roles
    yield f"{'carried out/called':<{WIDTH}}" + "".join(f"{role[:9]:>10}" for role in roles) + "  statuses"
    for name in outcome.document.operations:
        cells = []
        for role in roles:
            counts = tally.roles[name, role]
            cells.append(f"{counts[True]}/{counts.total()}" if counts else "-")
        statuses = " ".join(f"{status}:{count}" for status, count in sorted(tally.statuses[name].items()))
        yield f"{name:<{WIDTH}}" + "".join(f"{cell:>10}" for cell in cells) + f"  {statuses}"


def _foot(outcome: Outcome) -> Iterator[str]:
    tally = outcome.tally
    by_status: dict[int, int] = {}
    for counts in tally.statuses.values():
        for status, count in counts.items():
            by_status[status] = by_status.get(status, 0) + count
    yield "\nall: " + ", ".join(f"{status} {count}" for status, count in sorted(by_status.items()))
    broken = sum(count for status, count in by_status.items() if status >= 500)
    strange = sum(each.count for each in tally.findings.values() if "documented" in each.what)
    hung = sum(each.count for each in tally.findings.values() if each.what in HUNG)
    yield f"answers of 5xx: {broken}; undocumented: {strange}; hangs: {hung}"
    if outcome.unreached:
        yield f"never carried out: {', '.join(outcome.unreached)}"
        for name in outcome.unreached:
            why = ", ".join(f"{code} ({n})" for code, n in tally.refusals[name].most_common(OFTEN))
            yield f"  {name}: {why or 'nothing sensible was refused'}"
    else:
        yield "every operation was carried out at least once"


def _found(outcome: Outcome) -> Iterator[str]:
    findings = sorted(outcome.tally.findings.values(), key=lambda each: (each.operation, each.what))
    for each in findings:
        yield f"\nFOUND {each.operation}, {each.count} times, first as {each.role}: {each.what}"
        yield f"  {each.curl}"
        yield f"  correlation id {each.trace}"
    for sentence in outcome.aftermath:
        yield f"\nLEFT BEHIND: {sentence}"


HUNG = frozenset({"no answer in time", "cut off", TOO_SLOW})
