"""The report: what was killed, how the processes came back, what people did, and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deskcli.faults.play import Outcome
from deskcli.faults.targets import TARGETS

SHOWN = 12  # examples of each kind of fault


def text(outcome: Outcome, seed: int) -> str:
    parts = (_head(outcome, seed), _kills(outcome), _work(outcome), _found(outcome))
    return "\n".join(line for part in parts for line in part)


def _head(outcome: Outcome, seed: int) -> Iterator[str]:
    word = "nothing lost, nothing doubled" if outcome.good else "FAULTS FOUND"
    yield f"\nseed {seed}: {len(outcome.blows)} kills in {outcome.seconds:.0f} s: {word}\n"


def _kills(outcome: Outcome) -> Iterator[str]:
    counts = Counter((blow.name, blow.signal.name) for blow in outcome.blows)
    yield f"{'process':<20}{'SIGKILL':>8}{'orderly':>8}{'away':>11}{'slowest end':>13}{'slowest back':>14}"
    for target in TARGETS:
        own = [each for each in outcome.recoveries if each.name == target.name and each.done]
        away = sum(blow.away for blow in outcome.blows if blow.name == target.name)
        orderly = sum(n for (name, how), n in counts.items() if name == target.name and how != "SIGKILL")
        yield (
            f"{target.name:<20}{counts[target.name, 'SIGKILL']:>8}{orderly:>8}{away:>9.0f} s"
            f"{max((each.ended for each in own), default=0):>11.1f} s"
            f"{max((each.back for each in own), default=0):>12.1f} s"
        )


def _work(outcome: Outcome) -> Iterator[str]:
    deeds = outcome.ledger.deeds
    again = sum(deed.attempts > 1 for deed in deeds)
    slowest = max((deed.seconds for deed in deeds), default=0)
    answered, given_up = outcome.ledger.reads
    accepted, refused = sum(deed.accepted for deed in deeds), sum(deed.refused for deed in deeds)
    yield (
        f"\n{len(deeds)} commands: {accepted} accepted, {refused} refused; {again} had to be repeated, the"
        f" slowest took {slowest:.0f} s. {answered} reads, {given_up} given up.\n"
    )


def _found(outcome: Outcome) -> Iterator[str]:
    yield f"{'checked':<28}{'':>8}{'lost':>8}{'doubled':>8}{'wrong':>8}"
    for verdict in outcome.verdicts:
        counts = (verdict.checked, len(verdict.lost), len(verdict.doubled), len(verdict.wrong))
        yield f"{verdict.kind:<28}" + "".join(f"{count:>8}" for count in counts)
    for verdict in outcome.verdicts:
        for word in ("lost", "doubled", "wrong"):
            found = getattr(verdict, word)
            for sentence in found[:SHOWN]:
                yield f"  {word} - {verdict.kind}: {sentence}"
            if len(found) > SHOWN:
                yield f"  {word} - {verdict.kind}: and {len(found) - SHOWN} more"
