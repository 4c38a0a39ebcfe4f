"""Our own icons: strokes in a square of 24, drawn in the colour of the text beside them; paths in
static/icons.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from markupsafe import Markup

from servicekit import json

PATHS: Mapping[str, str] = json.loads((files("gateway") / "static" / "icons.json").read_bytes())


def icon(name: str, size: str = "") -> Markup:
    """Decoration: the word beside it says the same. Raises KeyError for one that we have not drawn."""
    kind = f"icon {size}" if size else "icon"
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 24 24" aria-hidden="true"><path d="{PATHS[name]}"/></svg>'
    )
