"""The files of the demo organisation."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def load(name: str) -> Any:
    """A fresh copy of `data/<name>.json`."""
    return json.loads((files(__name__) / f"{name}.json").read_text("utf-8"))


def products() -> list[dict[str, Any]]:
    """All products, category by category."""
    names = sorted(
        file.name for file in (files(__name__) / "products").iterdir() if file.name.endswith(".json")
    )
    return [product for name in names for product in load(f"products/{name.removesuffix('.json')}")]
