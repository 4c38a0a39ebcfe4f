"""RabbitMQ's programs: the machine's, or Debian's packages unpacked into a folder without being root."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.debian import Apt
from servicekit.embedded.programs import EmbeddedError

APPLICATIONS = "usr/lib/rabbitmq/lib/rabbitmq_server-*/plugins"  # RabbitMQ is a folder of Erlang applications
ADVICE = (
    "install rabbitmq-server (Debian, Ubuntu: `apt-get install rabbitmq-server`), or set AMQP_URL to a broker"
)


@dataclass(frozen=True)
class BrokerPrograms:
    """Erlang's programs (erl, epmd) and the folder with RabbitMQ's applications."""

    erlang: Path
    applications: Path


def find_or_unpack(folder: Path, say: Callable[[str], None]) -> BrokerPrograms:
    """Return the machine's own RabbitMQ, or one that is downloaded into `folder` the first time."""
    return _installed() or _unpacked(folder) or _unpack(folder, say)


def _installed() -> BrokerPrograms | None:
    """Look for a RabbitMQ of the machine; only its programs are used, never its node."""
    erl, server = shutil.which("erl"), shutil.which("rabbitmq-server")
    if not erl:
        return None
    beside = [Path(server).resolve().parent.parent / "plugins"] if server else []
    for applications in (*sorted(Path("/").glob(APPLICATIONS), reverse=True), *beside):
        if any(applications.glob("rabbit-*/ebin/rabbit.app")):
            return BrokerPrograms(Path(erl).resolve().parent, applications)
    return None


def _unpacked(folder: Path) -> BrokerPrograms | None:
    """Return what an earlier run unpacked; the folder gets its name only when it is complete."""
    found = sorted(folder.glob(APPLICATIONS))
    return BrokerPrograms(folder / "usr/lib/erlang/bin", found[-1]) if found else None


def _unpack(folder: Path, say: Callable[[str], None]) -> BrokerPrograms:
    """Fetch the packages and unpack them beside the final place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.parent / f"{folder.name}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _unpacked(folder):
            say("downloading RabbitMQ (once)")
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpack-") as work:
                _fetch(Apt(Path(work), "RabbitMQ", ADVICE), Path(work) / "tree")
                _relocate(Path(work) / "tree/usr/lib/erlang", folder / "usr/lib/erlang")
                (Path(work) / "tree").rename(folder)
    programs = _unpacked(folder)
    if programs is None:
        raise EmbeddedError(f"the downloaded RabbitMQ is not what was expected; {ADVICE}.")
    return programs


def _fetch(apt: Apt, tree: Path) -> None:
    """rabbitmq-server and the Erlang it depends on; the rest of what it names, the machine has or it can do
    without.
    """
    apt.update()
    packages = sorted(name for name in apt.depends("rabbitmq-server") if name.startswith("erlang-"))
    if not packages:
        raise EmbeddedError(f"this machine's package sources have no RabbitMQ; {ADVICE}.")
    apt.download("rabbitmq-server", *packages)
    apt.unpack(tree)


def _relocate(erlang: Path, final: Path) -> None:
    """Tell Erlang's start scripts where they will live: Debian's have /usr/lib/erlang written in them."""
    for script in (erlang / "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            content = script.read_bytes()
            if content.startswith(b"#!"):
                quoted = b'"' + os.fsencode(final) + b'"'
                script.write_bytes(content.replace(b"ROOTDIR=/usr/lib/erlang", b"ROOTDIR=" + quoted))
