"""Facts that a process may have died of.

A fact that is delivered again was in the hands of a process that went away; usually it is innocent. It is
handled alone, with a mark in the database that is there only while it is handled: whoever dies leaves the
mark. So a poisonous fact is found by what it does, and the others that were fetched with it are not blamed.
"""

from __future__ import annotations

import sqlalchemy as sa

from servicekit.errors import Permanent

STRIKES = 3  # deaths while it was handled alone; the one that made it a suspect comes before these

_STRIKE = sa.text("""
    INSERT INTO suspects (message_id, strikes) VALUES (:id, 1)
    ON CONFLICT (message_id) DO UPDATE SET strikes = suspects.strikes + 1, struck_at = now()
    RETURNING strikes
""")
_CLEAR = sa.text("DELETE FROM suspects WHERE message_id = :id")


class ProcessDied(Permanent):
    """A process died each time it handled this fact. `attempts` says how often."""

    def __init__(self, attempts: int) -> None:
        super().__init__(f"the process died {attempts} times while it handled this")
        self.attempts = attempts


class Suspects:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def strike(self, message_id: str) -> ProcessDied | None:
        """Leave the mark. Answers the verdict when there are too many, and then forgets them: who puts the
        fact back after mending its cause starts anew.
        """
        with self._engine.begin() as connection:
            strikes = int(connection.execute(_STRIKE, {"id": message_id}).scalar_one())
            if strikes <= STRIKES:
                return None
            connection.execute(_CLEAR, {"id": message_id})
            return ProcessDied(strikes)

    def clear(self, message_id: str) -> None:
        """It has ended, well or badly, and the process lives."""
        with self._engine.begin() as connection:
            connection.execute(_CLEAR, {"id": message_id})
