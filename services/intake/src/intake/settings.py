"""Settings of intake: what every service has, and what the organisation promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from environs import Env
from servicekit.settings import Settings, SettingsError

from intake.domain.rules import NORMS, Norm, Rules, Term

UNITS = frozenset({"minutes", "working_minutes", "working_days", "calendar_days"})


@dataclass(frozen=True)
class IntakeSettings(Settings):
    """NORMS: {"P1": {"respond": {"amount": 15, "unit": "minutes"}, "resolve": {...}}, ...}; what is left out
    stays.
    """

    rules: Rules = field(default_factory=Rules)
    closing_batch: int = 100

    @classmethod
    def read(cls, env: Env) -> dict[str, Any]:
        given = super().read(env)
        rules = Rules(
            norms={**NORMS, **_norms(env.json("NORMS", {}))},
            default_priority=env.str("DEFAULT_PRIORITY", "P3"),
            zone=given["zone"],
            silence=Term(env.int("SILENCE_WORKING_DAYS", 5), "working_days"),
            reopen_window=Term(env.int("REOPEN_WORKING_DAYS", 10), "working_days"),
            unheard=Term(env.int("UNHEARD_WORKING_DAYS", 10), "working_days"),
            approval_reminder=Term(env.int("APPROVAL_REMINDER_WORKING_DAYS", 2), "working_days"),
        )
        return {**given, "rules": rules, "closing_batch": env.int("CLOSING_BATCH", 100)}


def _norms(given: Any) -> dict[str, Norm]:
    try:
        return {name: Norm(_term(norm["respond"]), _term(norm["resolve"])) for name, norm in given.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            'NORMS is wrong: give {"P1": {"respond": {"amount": 15, "unit": "minutes"}, "resolve": {...}}}.'
        ) from error


def _term(given: Any) -> Term:
    if given["unit"] not in UNITS or not isinstance(given["amount"], int) or given["amount"] < 0:
        raise ValueError(given)
    return Term(given["amount"], given["unit"])
