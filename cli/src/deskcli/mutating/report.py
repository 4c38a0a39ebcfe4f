"""The table of a service, and its survivors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.table import Table

from deskcli.mutating.verdicts import LeftOut, Mutant, Verdict

GOAL = 0.90  # killed / (killed + survived), of the mutants that count


@dataclass(frozen=True)
class Score:
    """The counts of a module or a service."""

    counts: Counter[Verdict]
    left_out: Counter[LeftOut]

    @classmethod
    def of(cls, mutants: Iterable[Mutant]) -> Score:
        counts: Counter[Verdict] = Counter()
        left_out: Counter[LeftOut] = Counter()
        for mutant in mutants:
            if mutant.left_out:
                left_out[mutant.left_out] += 1
            else:
                counts[mutant.verdict] += 1
        return cls(counts, left_out)

    @property
    def share(self) -> float | None:
        """Of the mutants that a unit test reaches, how many it kills; None when it reaches none."""
        reached = self.counts[Verdict.KILLED] + self.counts[Verdict.SURVIVED]
        return self.counts[Verdict.KILLED] / reached if reached else None


def table(service: str, mutants: Sequence[Mutant]) -> Table:
    """Return the scores of all modules of a service, and of them together."""
    head = ["mutants", *(str(verdict) for verdict in Verdict), "share", "left out: words", "at import"]
    made = Table("module", title=service)
    for name in head:
        made.add_column(name, justify="right")
    for module, found in groupby(mutants, lambda mutant: mutant.module):
        made.add_row(module.partition(".domain")[2].lstrip(".") or "domain", *_cells(Score.of(found)))
    made.add_section()
    made.add_row("together", *_cells(Score.of(mutants)))
    return made


def _cells(score: Score) -> list[str]:
    return [
        str(score.counts.total()),
        *(str(score.counts[verdict]) for verdict in Verdict),
        "–" if score.share is None else f"{score.share:.1%}",
        *(str(score.left_out[why]) for why in LeftOut),
    ]


def verdict(service: str, mutants: Sequence[Mutant]) -> str:
    """Say in a sentence whether the goal is reached; nothing is while some are undecided."""
    score = Score.of(mutants)
    if score.share is None:
        return f"{service}: no unit test reaches its rules."
    if undecided := score.counts[Verdict.UNDECIDED]:
        return f"{service}: {score.share:.1%} killed so far; {undecided} are undecided."
    reached = "reached" if score.share >= GOAL else "not reached"
    return f"{service}: {score.share:.1%} killed; the goal of {GOAL:.0%} is {reached}."


def survivors(mutants: Sequence[Mutant]) -> str:
    """Return what no test noticed, as differences, function by function."""
    found = (each for each in mutants if each.verdict == Verdict.SURVIVED and not each.left_out)
    return "\n\n".join(f"{each.module}: {each.function} ({each.number})\n{each.diff}" for each in found)
