"""A second, narrower socket for the pages of the demo: what suppliers' programs do, and nothing else.

Who commands it can stop, start and tune `supplier-*`; the database, the broker and the services are out of
its reach, whatever is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from servicekit.embedded.programs import EmbeddedError

SOCKET = "suppliers"
PREFIX = "supplier-"
# As the demo's suppliers know them; see suppliers/src/demo_supplier/settings.py.
MODES = ("accept", "refuse", "manual", "silent", "fail")


class Processes(Protocol):
    """The part of the system that is needed here."""

    def stop_process(self, name: str) -> None: ...

    def start_process(self, name: str) -> None: ...

    def names(self) -> list[str]: ...

    def pids(self) -> dict[str, int]: ...


def mode_file(run: Path, name: str) -> Path:
    """Where the program of a supplier reads, for each order, how it is to behave."""
    return run / f"{name}.mode"


class SupplierSwitches:
    """Begins with every supplier in its own mode: how an earlier run was left must not surprise anybody."""

    def __init__(self, processes: Processes, run: Path) -> None:
        self._processes = processes
        self._run = run
        for left in run.glob(f"{PREFIX}*.mode"):
            left.unlink()

    def commands(self) -> dict[str, Callable[..., Any]]:
        return {"suppliers": self.suppliers, "start": self.start, "stop": self.stop, "mode": self.mode}

    def suppliers(self) -> list[dict[str, Any]]:
        """Each with whether it runs, and its mode."""
        running = self._processes.pids()
        return [
            {"name": name, "running": name in running, "mode": self._mode_of(name), "modes": list(MODES)}
            for name in self._processes.names()
            if name.startswith(PREFIX)
        ]

    def start(self, name: str) -> None:
        self._processes.start_process(self._known(name))

    def stop(self, name: str) -> None:
        self._processes.stop_process(self._known(name))

    def mode(self, name: str, mode: str) -> None:
        """From the next order on."""
        if mode not in MODES:
            raise EmbeddedError(f"there is no mode called {mode}; there are: {', '.join(MODES)}.")
        target = mode_file(self._run, self._known(name))
        fresh = target.with_suffix(".new")
        fresh.write_text(mode, encoding="ascii")
        os.replace(fresh, target)

    def _mode_of(self, name: str) -> str:
        try:
            return mode_file(self._run, name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return MODES[0]

    def _known(self, name: str) -> str:
        names = [row["name"] for row in self.suppliers()]
        if name not in names:
            raise EmbeddedError(f"there is no supplier called {name}; there are: {', '.join(names)}.")
        return name
