"""Where things lie: in the checkout, and in the state folder of one running system."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError

ROOT = Path(__file__).resolve().parents[3]
DESK_STATE = ROOT / ".desk"  # what ./desk made; also keeps programs that are downloaded once per checkout


@dataclass(frozen=True)
class Layout:
    """The state folder of one system. `./desk up` uses .desk, each end-to-end test a temporary one."""

    folder: Path

    def make(self) -> None:
        """Make the folders. Others may pass through (a server may run as another user), not look around."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.folder.stat().st_uid == os.geteuid():
            self.folder.chmod(0o711)
        for private in (self.run, self.logs, self.mailbox):
            private.mkdir(mode=0o700, exist_ok=True)
        self.data.mkdir(mode=0o711, exist_ok=True)

    @contextmanager
    def claimed(self, taken: str) -> Iterator[None]:
        """Make the folders and be alone in them; raises EmbeddedError with `taken` when another is there."""
        self.make()
        with open(self.run / "lock", "w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EmbeddedError(taken) from None
            yield

    @property
    def register(self) -> Path:
        """The ids of the processes that run, for whoever comes after a crash."""
        return self.run / "pids.json"

    @property
    def data(self) -> Path:
        """The database and the broker."""
        return self.folder / "data"

    @property
    def files(self) -> Path:
        """What people attached. Belongs to the database as its other half: back up both."""
        return self.data / "files"

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.folder / "logs"

    @property
    def run(self) -> Path:
        """What describes the running processes: lock, control socket, process ids."""
        return self.folder / "run"

    @property
    def mailbox(self) -> Path:
        """The demo's mails."""
        return self.folder / "mailbox"

    @property
    def secrets(self) -> Path:
        """Passwords and keys of this installation."""
        return self.folder / "secrets.json"

    @property
    def clock(self) -> Path:
        """The demo clock's offset in seconds."""
        return self.folder / "clock-offset"

    @property
    def seeded(self) -> Path:
        """Exists when the demo organisation has been put in."""
        return self.folder / "data" / "seeded"
