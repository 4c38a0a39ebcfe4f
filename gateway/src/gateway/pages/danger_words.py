"""What counts as danger is called by its kind, and whoever reports it reads at once what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.pages.labels import _


@dataclass(frozen=True)
class Danger:
    """`advice`: what to do now, for whoever reports it."""

    word: str
    advice: str


CALL = _("Call 112 first when people are in danger, then the reception.")
DANGERS: Mapping[str, Danger] = {
    "fire": Danger(
        _("Fire or smoke"),
        _("Leave the building by the stairs, close doors behind you, warn others. Don't go back in."),
    ),
    "gas": Danger(
        _("Smell of gas"),
        _("Go outside and leave the door open. Touch no switches and make no flame."),
    ),
    "injury": Danger(
        _("Somebody is hurt or unwell"),
        _("Stay with them and call for a first-aider. The reception brings the AED."),
    ),
    "lift": Danger(
        _("Somebody is stuck in the lift"),
        _("Let them press the alarm button and wait. Don't force the doors. Keep talking to them."),
    ),
    "electricity": Danger(
        _("Electricity"),
        _("Stay away from it and touch nothing. Keep others away until somebody comes."),
    ),
    "water": Danger(
        _("Running water"),
        _("Keep away from sockets and appliances that are wet. Close the tap if you can reach it safely."),
    ),
    "product": Danger(
        _("Unsafe"),
        _("Go to a safe place and keep others away."),
    ),
}
UNKNOWN = Danger(_("Unsafe"), _("Go to a safe place and keep others away."))


def danger_of(code: str | None) -> Danger | None:
    """Never raises: a kind that a newer service knows is called unsafe."""
    return DANGERS.get(code, UNKNOWN) if code else None
