"""How long to wait before each new attempt."""

from __future__ import annotations

import random
from collections.abc import Iterator


def pauses(first: float = 0.5, longest: float = 30.0) -> Iterator[float]:
    """Seconds: growing, bounded, and not in step with everybody else."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.0)
        pause = min(longest, pause * 2)
