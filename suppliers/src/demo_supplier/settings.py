"""How this supplier behaves, from the environment."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODES = ("accept", "refuse", "manual", "silent", "fail")


@dataclass(frozen=True)
class Settings:
    """SUPPLIER_AMQP_URL is needed; the rest has defaults.

    SUPPLIER_RECORD: the file that remembers. SUPPLIER_MODE: accept, refuse, manual (received; a person
    answers with `python -m demo_supplier accept NUMBER`), silent (never answers), fail (raises).
    SUPPLIER_MODE_FILE: when this file is there, its word counts instead, from the next order on.
    SUPPLIER_ANSWER_SECONDS: how long it thinks before it answers. SUPPLIER_STEP_SECONDS: between planning,
    starting and completing.
    """

    amqp_url: str
    record: Path
    mode: str = "accept"
    answer_seconds: float = 0.0
    step_seconds: float = 1.5
    mode_file: Path | None = None

    def mode_now(self) -> str:
        """The word in the file, when there is one that we know."""
        try:
            said = self.mode_file.read_text("ascii").strip() if self.mode_file else ""
        except (FileNotFoundError, UnicodeDecodeError):
            said = ""
        return said if said in MODES else self.mode

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises SystemExit with one sentence."""
        url = environment.get("SUPPLIER_AMQP_URL")
        mode = environment.get("SUPPLIER_MODE", "accept")
        mode_file = environment.get("SUPPLIER_MODE_FILE")
        if not url:
            raise SystemExit("Set SUPPLIER_AMQP_URL: amqp://supplier_vonk_val:secret@host/suppliers")
        if mode not in MODES:
            raise SystemExit(f"SUPPLIER_MODE is one of {', '.join(MODES)}.")
        return cls(
            amqp_url=url,
            record=Path(environment.get("SUPPLIER_RECORD") or _default_record(url)),
            mode=mode,
            answer_seconds=float(environment.get("SUPPLIER_ANSWER_SECONDS", "0")),
            step_seconds=float(environment.get("SUPPLIER_STEP_SECONDS", "1.5")),
            mode_file=Path(mode_file) if mode_file else None,
        )


def _default_record(url: str) -> Path:
    """One per desk: its address has a password that is made anew at every installation."""
    mark = hashlib.sha256(url.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"supplier-{mark}.sqlite3"
