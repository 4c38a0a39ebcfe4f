"""Small things that messaging tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
import sqlalchemy as sa

from servicekit.actor import Actor
from servicekit.storage import UnitOfWork

# For a busy machine: what has not come about by then does not.
PATIENCE_SECONDS = 90.0
effects = sa.Table("effects", sa.MetaData(), sa.Column("text", sa.Text))
AGENT = Actor(kind="person", id="agent-1", name="Amira", roles=frozenset({"agent"}))
OPERATOR = Actor(kind="person", id="operator-1", name="Olga", roles=frozenset({"operator"}))


class ProbeWork(UnitOfWork):
    def note(self, text: str) -> None:
        """An effect in the database that a test can look for."""
        self.connection.execute(sa.insert(effects).values(text=text))


def until(condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait for `condition`; fails when it does not come true in time."""
    with eventlet.Timeout(seconds, AssertionError(f"not within {seconds} s")):
        while not (result := condition()):
            eventlet.sleep(0.02)
    return result
