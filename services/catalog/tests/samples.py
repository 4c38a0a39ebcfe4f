"""Contents that tests start from; each call gives a fresh copy to change."""

from __future__ import annotations

import copy
from typing import Any


def text(dutch: str, english: str) -> dict[str, str]:
    return {"nl": dutch, "en": english}


PRODUCT: dict[str, Any] = {
    "slug": "radiator-koud",
    "category": text("Reparaties", "Repairs"),
    "name": text("Radiator wordt niet warm", "Radiator stays cold"),
    "description": text("De verwarming in uw kamer doet het niet.", "The heating does not work."),
    "kind": "fault",
    "priority": "P3",
    "lead_time": {"amount": 2, "unit": "working_days"},
    "price": {"kind": "none"},
    "check_required": False,
    "questions": [
        {
            "key": "smell",
            "label": text("Ruikt u iets?", "Do you smell anything?"),
            "type": "choice",
            "required": True,
            "choices": [
                {"value": "yes", "label": text("Ja", "Yes")},
                {"value": "no", "label": text("Nee", "No")},
            ],
        }
    ],
    "process": {"steps": [{"key": "fix", "title": text("Maken", "Fix"), "provider": "technische-dienst"}]},
}

ARTICLE: dict[str, Any] = {
    "slug": "radiator-ontluchten",
    "title": text("Borrelt de radiator?", "Does the radiator gurgle?"),
    "body": text("Draai de knop helemaal open en wacht een kwartier.", "Open the valve and wait a quarter."),
}


def product(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(PRODUCT), **changes}


def article(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(ARTICLE), **changes}
