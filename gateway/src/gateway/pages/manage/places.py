"""Places in a form: one path per line, as people write them, and back."""

from __future__ import annotations

from servicekit.errors import Invalid

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.visit import Visit

SEPARATOR = "/"
FEW = 100


def ids_of(visit: Visit, text: str | None, field: str) -> list[str]:
    """Raises Invalid, in the visitor's language, for a line that is no place."""
    return [_id_of(visit, line, field) for line in (text or "").splitlines() if line.strip()]


def suggestions(visit: Visit) -> list[str]:
    """Paths to offer while writing: the first ones, which are whole buildings and floors mostly."""
    found = visit.services.intake.list_locations(limit=FEW)["items"]
    return [each["path"] for each in found if each["path"].count(SEPARATOR) < 2]


def key_of(visit: Visit, text: str | None, field: str) -> str | None:
    """Of one place, the key by which the organisation knows it."""
    return str(_place_of(visit, text, field)["key"]) if text else None


def wrong(visit: Visit, field: str, says: str) -> Invalid:
    """`says` in English."""
    return Invalid("invalid", visit.words(_("Some fields are not right.")), {field: [visit.words(says)]})


def _id_of(visit: Visit, line: str, field: str) -> str:
    return str(_place_of(visit, line, field)["location_id"])


def _place_of(visit: Visit, line: str, field: str) -> Json:
    wanted = _plain(line)
    words = " ".join(part.strip() for part in line.split(SEPARATOR))
    for place in visit.services.intake.list_locations(q=words[:200], limit=FEW)["items"]:
        if _plain(place["path"]) == wanted:
            return dict(place)
    says = visit.words(
        _("There is no place '%(place)s'. Write it from the building down, such as De Sluis / Verdieping 2."),
        place=line.strip(),
    )
    raise Invalid("invalid", visit.words(_("Some fields are not right.")), {field: [says]})


def _plain(path: str) -> str:
    return SEPARATOR.join(part.strip().casefold() for part in path.split(SEPARATOR))
