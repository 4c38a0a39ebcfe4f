"""What tells one demo supplier from another: its words, its prices, its hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Trade:
    """Texts in Dutch and English, as its people would write them to a desk with both."""

    refusal: str
    done: str
    cost_cents: int
    begins_after: timedelta
    takes: timedelta


INSTALLATIONS = Trade(  # Vonk & Val
    refusal="Geen monteur beschikbaar. / No mechanic is available.",
    done="Hersteld en getest. / Repaired and tested.",
    cost_cents=9500,
    begins_after=timedelta(hours=1),
    takes=timedelta(hours=2),
)
CATERING = Trade(  # Lepel & Lade
    refusal="De keuken zit vol. / The kitchen is full.",
    done="Geleverd en opgeruimd. / Delivered and cleared away.",
    cost_cents=14_500,
    begins_after=timedelta(hours=20),
    takes=timedelta(hours=1),
)
