"""What whoever looks for a cause needs beside the logs: when what was struck, and what every client asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from servicekit.clock import SystemClock

from deskcli.faults.ledger import Ledger


class Diary:
    """`play.log` and `ledger.jsonl` in the state folder. Lines carry the time that the logs have."""

    def __init__(self, folder: Path, *hearers: Callable[[str], None]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "play.log"
        self._ledger = folder / "ledger.jsonl"
        self._hearers = hearers

    def say(self, text: str) -> None:
        """To all who listen, and on paper."""
        self.write(text)
        for hear in self._hearers:
            hear(text)

    def write(self, text: str) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{SystemClock().now():%H:%M:%S.%f} {text}\n")

    def keep(self, ledger: Ledger) -> None:
        with self._ledger.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(deed), default=str) + "\n" for deed in ledger.deeds)
