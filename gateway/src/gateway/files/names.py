"""Names of files, as they are shown and proposed for saving. Nothing is ever stored under them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

LONGEST = 120
# What separates folders, what a shell or a system would understand, and marks that turn the reading
# direction around.
_HARMFUL = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# These are devices on some systems, whatever ending they get.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
USUAL = "file"


def shown(given: str) -> str:
    """Only the last part of a path, without what could mean something to a system or to the eye."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    return re.sub(r"\s+", " ", _HARMFUL.sub("", last)).strip(" .")[:LONGEST] or USUAL


def harmless(given: str, endings: Sequence[str]) -> str:
    """As it is shown, with an ending that says what the file is."""
    clean = shown(given)
    stem, dot, ending = clean.rpartition(".")
    if not dot or ending.lower() not in endings:
        stem, ending = clean, endings[0]
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1].strip(" .") or USUAL
    return f"_{stem}.{ending}" if _DEVICES.match(stem) else f"{stem}.{ending}"


def disposition(name: str) -> str:
    """The header with which a browser saves it and never shows it: in ASCII for the old, whole for the
    others.
    """
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
