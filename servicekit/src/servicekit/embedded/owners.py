"""As whom a server runs: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("postgres", "nobody")  # users that exist already: making one is the administrator's business


@dataclass(frozen=True)
class Owner:
    """A user of the machine that a process is handed to."""

    uid: int
    gid: int
    name: str


def unprivileged() -> Owner | None:
    """Return the user that a server started by root is handed to; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(entry.pw_uid, entry.pw_gid, name)
    return Owner(65534, 65534, "nobody")


def can_reach(path: Path, owner: Owner) -> bool:
    """Say whether the owner may enter every folder down to `path` (a clone under /root is closed to
    others).
    """
    return all(_may_enter(folder, owner) for folder in [path, *path.parents] if folder.is_dir())


def _may_enter(folder: Path, owner: Owner) -> bool:
    status = folder.stat()
    if status.st_uid == owner.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == owner.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
