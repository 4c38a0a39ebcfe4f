"""Whom it touches and how badly, in the words of whoever is asked."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import _

IMPACTS: Mapping[str, str] = {
    "person": _("Only one person"),
    "group": _("A room, a team or a department"),
    "site": _("A floor, a building or more"),
}
URGENCIES: Mapping[str, str] = {
    "low": _("It can wait"),
    "normal": _("It hinders"),
    "high": _("Work stands still"),
}
