"""How this supplier behaves, from the environment."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from supplierkit.lines import Line
from supplierkit.webhooks import Webhooks

MODES = ("accept", "refuse", "manual", "silent", "fail")
CRASH = "crash"  # for tests: not among what a page of the demo offers
NEEDED = (
    "Set SUPPLIER_AMQP_URL: amqp://supplier_vonk_val:secret@host/suppliers; or, for HTTP, SUPPLIER_DESK_URL,"
    ' SUPPLIER_PORT and SUPPLIER_CREDENTIALS: a file with {"token": "sdp_...", "secret": "whsec_..."}.'
)


@dataclass(frozen=True)
class Settings:
    """A line is needed (see NEEDED); the rest has defaults.

    SUPPLIER_RECORD: the file that remembers. SUPPLIER_MODE: accept, refuse, manual (received; a person
    answers with `python -m demo_supplier accept NUMBER`), silent (never answers), fail (raises), crash (dies
    once between writing an answer down and giving it). SUPPLIER_MODE_FILE: when this file is there, its word
    counts instead, from the next order on. SUPPLIER_ANSWER_SECONDS: how long it thinks before it answers.
    SUPPLIER_STEP_SECONDS: between planning, starting and completing.
    """

    line: str | Line
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
        mode = environment.get("SUPPLIER_MODE", "accept")
        mode_file = environment.get("SUPPLIER_MODE_FILE")
        if mode not in (*MODES, CRASH):
            raise SystemExit(f"SUPPLIER_MODE is one of {', '.join(MODES)}.")
        line, mark = _line(environment)
        return cls(
            line=line,
            record=Path(environment.get("SUPPLIER_RECORD") or _default_record(mark)),
            mode=mode,
            answer_seconds=float(environment.get("SUPPLIER_ANSWER_SECONDS", "0")),
            step_seconds=float(environment.get("SUPPLIER_STEP_SECONDS", "1.5")),
            mode_file=Path(mode_file) if mode_file else None,
        )


def _line(environment: Mapping[str, str]) -> tuple[str | Line, str]:
    """The way to the desk, and what tells this desk from others."""
    if url := environment.get("SUPPLIER_AMQP_URL"):
        return url, url
    desk, file = environment.get("SUPPLIER_DESK_URL"), environment.get("SUPPLIER_CREDENTIALS")
    if not desk or not file:
        raise SystemExit(NEEDED)
    try:
        given = json.loads(Path(file).read_text(encoding="utf-8"))
        token, secret = given["token"], given["secret"]
        port = int(environment.get("SUPPLIER_PORT", "8080"))
        host = environment.get("SUPPLIER_HOST", "127.0.0.1")
        return Webhooks(desk, token=token, secret=secret, port=port, host=host), desk + token
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{file} does not hold what the desk gave: {error}") from error


def _default_record(mark: str) -> Path:
    """One per desk: what it gave is made anew at every installation."""
    short = hashlib.sha256(mark.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"supplier-{short}.sqlite3"
