"""A record of an object, as `intake.import_assets` takes it."""

from __future__ import annotations

from typing import Any

from gateway.imports.values import NotReadable

PLAIN = ("code", "kind", "location_key", "supplier", "product", "withdrawn")


def record(line: int, values: dict[str, Any]) -> dict[str, Any]:
    """What has a name in one language has it in both. Raises NotReadable for what has none."""
    dutch, english = values["name.nl"] or values["name.en"], values["name.en"] or values["name.nl"]
    if not dutch:
        raise NotReadable("it has no name")
    return {
        "line": line,
        **{name: values[name] for name in PLAIN},
        "name": {"nl": dutch, "en": english},
        "warranty_until": values["warranty_until"],
    }
