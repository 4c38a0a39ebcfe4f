from __future__ import annotations

import pytest
from servicekit.amqp.topology import RETRY_DELAYS_SECONDS
from servicekit.entrypoints.parking import MAX_ATTEMPTS, MAX_ATTEMPTS_NOT_YET, delay_after
from servicekit.errors import NotYet, Permanent

FAULT, NOT_YET = ValueError("broken"), NotYet("not here")


@pytest.mark.parametrize(
    ("attempt", "error", "delay"),
    [
        (1, FAULT, 1),
        (2, FAULT, 5),
        (3, FAULT, 30),
        (4, FAULT, 120),
        (7, FAULT, 120),
        (8, FAULT, None),
        (1, NOT_YET, 1),
        (8, NOT_YET, 1),
        (9, NOT_YET, 5),
        (10, NOT_YET, 30),
        (14, NOT_YET, 120),
        (15, NOT_YET, None),
        (1, Permanent("never"), None),
    ],
)
def test_delays_grow_and_end(attempt: int, error: Exception, delay: int | None) -> None:
    assert delay_after(attempt, error) == delay


@pytest.mark.parametrize(("error", "limit"), [(FAULT, MAX_ATTEMPTS), (NOT_YET, MAX_ATTEMPTS_NOT_YET)])
def test_every_delay_before_the_limit_has_a_queue(error: Exception, limit: int) -> None:
    delays = [delay_after(attempt, error) for attempt in range(1, limit)]
    assert set(delays) <= set(RETRY_DELAYS_SECONDS)
    assert delays == sorted(delays)  # type: ignore[type-var]
