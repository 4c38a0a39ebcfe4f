"""Running a worker to its end, and no longer than may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import eventlet
from eventlet.event import Event


class TookTooLong(Exception):
    """The worker was still running after its time limit, and was ended."""


class WorkerEnded(Exception):
    """The worker was killed, or left by something that is no Exception, such as a leaked Timeout."""


def run_worker(
    container: Any,
    entrypoint: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    data: dict[str, Any],
    limit: float | None = None,
) -> Any:
    """The worker's result; raises what it raised, or TookTooLong after `limit` seconds.

    nameko tells of results and Exceptions only: whoever waits for a worker that ended in another way would
    wait for ever.
    """
    ended = Event()

    def handle_result(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        ended.send((result, exc_info[1] if exc_info else None))
        return result, exc_info

    worker = container.spawn_worker(entrypoint, args, kwargs, context_data=data, handle_result=handle_result)
    greenlet = container._worker_threads.get(worker)
    if greenlet is not None:
        lost = (None, WorkerEnded(entrypoint.method_name))
        _at_its_end(greenlet, lambda _: ended.ready() or ended.send(lost))
    outcome = _wait(ended, limit)
    if outcome is None:
        if greenlet is not None:
            greenlet.kill()
        raise TookTooLong(f"{entrypoint.method_name} did not end within {limit:g} s")
    result, error = outcome
    if error is not None:
        raise error
    return result


def spawn_and_wait(
    container: Any,
    entrypoint: Any,
    args: tuple[Any, ...],
    data: dict[str, Any],
    limit: float | None = None,
) -> BaseException | None:
    """Run one worker to its end; answers the exception that it raised, if any."""
    try:
        run_worker(container, entrypoint, args, {}, data, limit)
    except Exception as error:
        return error
    return None


def _at_its_end(greenlet: Any, action: Callable[[Any], Any]) -> None:
    """As `greenlet.link`, but before nameko's own: that one raises, and what comes after it is not called."""
    greenlet.link(action)
    greenlet._exit_funcs.rotate(1)


def _wait(ended: Event, limit: float | None) -> tuple[Any, BaseException | None] | None:
    with eventlet.Timeout(limit, False):
        return cast(tuple[Any, BaseException | None], ended.wait())
    return None
