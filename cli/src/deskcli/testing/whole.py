"""A whole system for tests, as `./desk up` runs it. When a test fails it tells which process died or is not
ready, and the last that the logs complain of since the test began.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskcli.system import System
from deskcli.testing.evidence import seen_by

MOST_LINES, MOST_LETTERS = 15, 600  # of one log
LAST = ("time", "timestamp", "level", "service")  # a reader of a failure needs these least
_COMPLAINT = re.compile(
    r'"level":"(warning|error|critical)"|^(WARNING|ERROR|CRITICAL) |^Traceback '
    r"|\[(error|warning)\]| (ERROR|FATAL|PANIC): "
)


@contextmanager
def whole_system(name: str, **how: Any) -> Iterator[System]:
    """Run one in a folder of its own and on ports of its own. `how`: as System has it."""
    with tempfile.TemporaryDirectory(prefix=f"desk-{name}-") as folder:
        Path(folder).chmod(0o711)
        with watching(System(Path(folder) / "state", **how)) as system:
            yield system


@contextmanager
def watching(system: System) -> Iterator[System]:
    """Run it; its data is removed at the end."""
    watched = Watched(system)
    system.say, system.temporary = watched.say, False
    try:
        system.start()
    except BaseException as error:
        error.add_note("\n".join(watched.story()))
        raise
    system.temporary = True  # not before: who does not start leaves its logs until they are told
    with seen_by(watched):
        try:
            yield system
        finally:
            system.stop()


@dataclass
class Watched:
    """`say` hears what the system says."""

    system: System
    _said: list[str] = field(default_factory=list)
    _began_at: dict[Path, int] = field(default_factory=dict)  # bytes

    def say(self, text: str) -> None:
        self._said.append(text)

    def begin(self) -> None:
        self._said.clear()
        self._began_at = {log: log.stat().st_size for log in self.system.layout.logs.glob("*.log")}

    def tell(self, folder: Path) -> str:
        shutil.copytree(self.system.layout.logs, folder / "logs", dirs_exist_ok=True)
        return "\n".join((*self._processes(), *self.story()))

    def story(self) -> Iterator[str]:
        """What was said about it, and what its logs complain of."""
        yield from self._said
        for log in sorted(self.system.layout.logs.glob("*.log")):
            with log.open(encoding="utf-8", errors="replace") as file:
                file.seek(min(self._began_at.get(log, 0), log.stat().st_size))
                yield from (f"{log.stem}: {line}" for line in complaints(file))

    def _processes(self) -> Iterator[str]:
        rows = self.system.status()["processes"]
        fine = [row["name"] for row in rows if row["ready"]]
        yield f"ready: {', '.join(fine)}"
        for row in rows:
            if not row["ready"]:
                yield f"not ready: {row['name']}, process {row['pid']}, for {row['seconds']:.1f} s"


def complaints(lines: Iterable[str]) -> list[str]:
    """The last lines of a log in which somebody complains, as short as they can be."""
    found = [line.strip() for line in lines if _COMPLAINT.search(line)]
    return [_brief(line)[:MOST_LETTERS] for line in found[-MOST_LINES:]]


def _brief(line: str) -> str:
    """A line of ours: what happened first, and cut at its end."""
    try:
        told = json.loads(line)
    except ValueError:
        return line
    return " ".join(f"{name}={told[name]}" for name in sorted(told, key=lambda name: name in LAST))
