"""The environment of mutmut: apart from that of the house, which never imports it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError

from deskcli.layout import DESK_STATE, ROOT
from deskcli.testing.static import SOURCES

FOLDER = DESK_STATE / "mutation"
VENV = FOLDER / "venv"
LOCK = ROOT / "requirements-mutation.lock"
MUTMUT = VENV / "bin" / "mutmut"


def ensure() -> None:
    """Make it when it is missing or made from another lock; the stamp comes last."""
    stamp = VENV / "desk-stamp"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.parent.mkdir(parents=True, exist_ok=True)
    here = Path(sys.executable).parent
    _run([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    into = ["--python", str(VENV / "bin" / "python")]
    _run([str(here / "uv"), "pip", "install", "--quiet", *into, "--require-hashes", "-r", str(LOCK)])
    stamp.write_text(wanted, encoding="ascii")


def import_path(service: str) -> str:
    """Return where imports are found beside the copy: everything of the house except the service itself."""
    own = ROOT / "services" / service / "src"
    packages = Path(sys.executable).parent.parent.glob("lib/python*/site-packages")
    return ":".join(str(path) for path in [*_sources(), *packages] if path != own)


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(ROOT.glob(pattern))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise EmbeddedError(f"the environment for mutmut could not be made: {done.stderr.strip()[-500:]}")
