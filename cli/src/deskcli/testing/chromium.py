"""Chromium for the browser tests and the screenshots: the machine's, or Debian's unpacked into `.desk/`
without root.

Firefox would do as well for people; one browser keeps the set-up small.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from servicekit.embedded.debian import MACHINE_STATUS, Apt
from servicekit.embedded.programs import EmbeddedError

from deskcli.layout import DESK_STATE

NAMES = ("chromium", "google-chrome", "chromium-browser")
PACKAGES = ("chromium", "fonts-inter", "fonts-liberation")
ADVICE = "install chromium (Debian: `apt-get install chromium`) to run the browser tests"
FOLDER = DESK_STATE / "chromium"
# Chromium may not look for news or report anything; without a sandbox of its own it runs as root and in
# containers.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none",
)  # fmt: skip


@dataclass(frozen=True)
class Chromium:
    """`environment` is what the program needs besides our own."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


def find_or_unpack(say: Callable[[str], None], folder: Path = FOLDER) -> Chromium:
    """Raises EmbeddedError with what to do when there is none and none can be had."""
    return _installed() or _unpacked(folder) or _unpack(folder, say)


def _installed() -> Chromium | None:
    if os.environ.get("DESK_BROWSER") == "unpack":
        return None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Chromium(Path(found)) if found else None


def _unpacked(folder: Path) -> Chromium | None:
    program = folder / "usr/lib/chromium/chromium"
    if not program.exists():
        return None
    libraries = [folder / "usr/lib/chromium"]
    libraries += [
        path for base in ("usr/lib", "lib") for path in sorted((folder / base).glob("*-linux-gnu*"))
    ]
    libraries += [path for each in libraries for path in sorted(each.glob("*")) if _holds_libraries(path)]
    return Chromium(
        program,
        {
            "LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries)),
            "FONTCONFIG_PATH": str(folder / "etc/fonts"),
            "XDG_DATA_HOME": str(folder / "usr/share"),
        },
    )


def _holds_libraries(path: Path) -> bool:
    """Some packages put theirs one folder deeper (pulseaudio, samba)."""
    return path.is_dir() and path.name in ("pulseaudio", "nss") and any(path.glob("*.so*"))


def _unpack(folder: Path, say: Callable[[str], None]) -> Chromium:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.parent / "chromium.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _unpacked(folder):
            say("downloading Chromium for the browser tests (once)")
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpack-") as work:
                status = Path(os.environ.get("DESK_DPKG_STATUS") or MACHINE_STATUS)
                apt = Apt(Path(work), "Chromium", ADVICE, status)
                apt.update()
                apt.download(*apt.missing(*PACKAGES))
                apt.unpack(Path(work) / "tree")
                (Path(work) / "tree").rename(folder)
    chromium = _unpacked(folder)
    if chromium is None:
        raise EmbeddedError(f"the downloaded Chromium is not what was expected; {ADVICE}.")
    return chromium
