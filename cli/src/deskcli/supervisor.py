"""Keeps processes running: one thread starts, watches and stops them all.

One thread, because the kernel ends a child when the thread that started it ends (see
servicekit.embedded.programs), and because then nothing here needs a lock.
"""

from __future__ import annotations

import math
import os
import queue
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from servicekit.embedded.programs import EmbeddedError, Program, end, spawn

from deskcli import leftovers

Result = TypeVar("Result")
BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds before the first, second, ... restart in a row
STEADY = 30.0  # seconds after which a process has proved itself and its failures are forgotten
LOOK = 0.1
LOG_LIMIT = 20_000_000  # bytes after which a log is begun anew; the one before is kept


@dataclass
class Kept:
    """One process that is kept running, and how that goes."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    wanted: bool = True
    started: float = 0.0
    failures: int = 0
    restarts: int = 0
    not_before: float = 0.0

    @property
    def alive(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Runs programs by name, with a log file each; `say` hears what a person should know."""

    logs: Path
    register: Path
    say: Callable[[str], None]
    kept: dict[str, Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._work: queue.Queue[Callable[[], None]] = queue.Queue()
        self._closed = False
        self._thread = threading.Thread(target=self._loop, name="supervisor", daemon=True)
        self._thread.start()

    def run(self, program: Program) -> None:
        """Start a program and keep it running from now on."""
        self._ask(lambda: self._run(program))

    def start(self, name: str) -> None:
        """Start a known process again after `stop` or `kill(keep_down=True)`."""
        self._ask(lambda: self._run(self._find(name).program))

    def stop(self, names: Iterable[str]) -> None:
        """Stop processes together; they stay down."""
        chosen = list(names)
        self._ask(lambda: self._stop([self._find(name) for name in chosen]))

    def kill(self, name: str, number: int = signal.SIGKILL, *, keep_down: bool = False) -> None:
        """Send a signal without warning, as a fault would; the process comes back unless `keep_down`."""
        self._ask(lambda: self._kill(self._find(name), number, keep_down))

    def close(self, order: Sequence[tuple[float, Sequence[str]]]) -> None:
        """Stop everything, group after group, each by its own second; end the thread."""
        if not self._closed:
            began = time.monotonic()
            for seconds, names in order:
                group = [self.kept[name] for name in names if name in self.kept]
                self._ask(partial(self._stop, group, began + seconds))
            self._ask(partial(self._stop, list(self.kept.values()), time.monotonic()))
            self._closed = True
            self._thread.join()
            self.register.unlink(missing_ok=True)

    def log(self, name: str) -> Path:
        """Return where a process's output goes."""
        return self.logs / f"{name}.log"

    def _ask(self, work: Callable[[], Result]) -> Result:
        """Have something done by the thread, and wait for it."""
        answer: Future[Result] = Future()

        def do() -> None:
            try:
                answer.set_result(work())
            except BaseException as error:
                answer.set_exception(error)

        self._work.put(do)
        return answer.result(timeout=60)

    def _loop(self) -> None:
        trim_at = 0.0
        while not self._closed:
            try:
                self._work.get(timeout=LOOK)()
            except queue.Empty:
                self._look()
            if time.monotonic() > trim_at:
                self._trim_logs()
                trim_at = time.monotonic() + 10

    def _trim_logs(self) -> None:
        """Begin logs anew that have grown too large. Processes write on: their files are open to append."""
        for name in self.kept:
            log = self.log(name)
            if log.exists() and log.stat().st_size > LOG_LIMIT:
                shutil.copyfile(log, log.with_suffix(".log.1"))
                os.truncate(log, 0)

    def _find(self, name: str) -> Kept:
        try:
            return self.kept[name]
        except KeyError:
            known = ", ".join(self.kept)
            raise EmbeddedError(f"there is no process called {name}; there are: {known}.") from None

    def _run(self, program: Program) -> None:
        """One that is still on its way out is wanted again, and so started as soon as it is gone."""
        kept = self.kept.setdefault(program.name, Kept(program))
        kept.wanted, kept.failures, kept.program = True, 0, program
        if not kept.alive:
            self._spawn(kept)

    def _spawn(self, kept: Kept) -> None:
        kept.process = spawn(kept.program, self.log(kept.program.name))
        kept.started = time.monotonic()
        self._write_register()

    def _stop(self, group: list[Kept], at_last: float = math.inf) -> None:
        """Signal all, then wait for each: together they take as long as the slowest."""
        for kept in group:
            kept.wanted = False
            if kept.alive and kept.process:
                kept.process.send_signal(kept.program.stop_signal)
        grace = max((kept.program.grace for kept in group), default=0)
        deadline = min(time.monotonic() + grace, at_last)
        for kept in group:
            if kept.process and not end(kept.process, kept.program, until=deadline):
                self.say(f"{kept.program.name} did not stop by itself and was killed")
            kept.process = None
        self._write_register()

    def _kill(self, kept: Kept, number: int, keep_down: bool) -> None:
        if not kept.alive or not kept.process:
            raise EmbeddedError(f"{kept.program.name} is not running.")
        kept.wanted = kept.wanted and not keep_down
        kept.failures = 0  # it did nothing wrong: no long wait before it comes back
        os.kill(kept.process.pid, number)

    def _look(self) -> None:
        """Restart what died, each time a little later."""
        now = time.monotonic()
        for kept in self.kept.values():
            if kept.process and not kept.alive:
                self._bury(kept, now)
            elif kept.wanted and kept.process is None and now >= kept.not_before:
                kept.restarts += 1
                self._spawn(kept)

    def _bury(self, kept: Kept, now: float) -> None:
        assert kept.process is not None
        code = kept.process.returncode
        end(kept.process, kept.program)  # what it started must not outlive it
        kept.process = None
        self._write_register()
        if not kept.wanted:
            return
        kept.failures = 1 if now - kept.started > STEADY else kept.failures + 1
        wait = BACKOFF[min(kept.failures, len(BACKOFF)) - 1]
        kept.not_before = now + wait
        how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        name = kept.program.name
        self.say(f"{name} died ({how}) and is restarted in {wait:g} s; see ./desk logs {name}")

    def _write_register(self) -> None:
        """Note the process ids, so that a later run can find what a crash of ours left behind."""
        pids = [kept.process.pid for kept in self.kept.values() if kept.alive and kept.process]
        leftovers.write(self.register, pids)
