"""What a check found, per thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Verdict:
    """Sentences about what is lost, doubled or wrong, each with the id that it is about."""

    kind: str
    checked: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)

    def compare(self, what: str, expected: int, found: int) -> None:
        """Counts one thing: too few is lost, too many doubled."""
        self.checked += 1
        if found < expected:
            self.lost.append(f"{what}: {found} of {expected}")
        elif found > expected:
            self.doubled.append(f"{what}: {found} instead of {expected}")
