"""RabbitMQ's programs: the machine's, or Debian's packages unpacked into a folder without being root."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError, die_with_parent

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
    """Fetch the packages with apt, which checks their signatures, and unpack them beside the final place."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if not shutil.which(tool):
            raise EmbeddedError(f"no RabbitMQ here and no {tool} to fetch it with; {ADVICE}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.parent / f"{folder.name}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _unpacked(folder):
            say("downloading RabbitMQ (once)")
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpack-") as work:
                _download(Path(work))
                tree = Path(work) / "tree"
                for package in sorted(Path(work).glob("*.deb")):
                    _run(["dpkg-deb", "-x", str(package), str(tree)], Path(work))
                _relocate(tree / "usr/lib/erlang", folder / "usr/lib/erlang")
                tree.rename(folder)
    programs = _unpacked(folder)
    if programs is None:
        raise EmbeddedError(f"the downloaded RabbitMQ is not what was expected; {ADVICE}.")
    return programs


def _download(work: Path) -> None:
    """Fetch rabbitmq-server and the Erlang it depends on, with package lists of our own.

    `apt-get update` may fail for one of the machine's sources and still bring what we need, so only the
    download decides.
    """
    for name in ("state/lists/partial", "cache/archives/partial"):
        (work / name).mkdir(parents=True)
    options = [f"-oDir::State={work / 'state'}", f"-oDir::Cache={work / 'cache'}", "-oAPT::Sandbox::User="]
    _attempt(["apt-get", *options, "-q", "update"], work)
    tree = _run(["apt-cache", *options, "depends", "--recurse", "--important", "rabbitmq-server"], work)
    packages = sorted(
        {name for name in re.findall(r"^(\S+)$", tree, re.MULTILINE) if name.startswith("erlang-")}
    )
    if not packages:
        raise EmbeddedError(f"this machine's package sources have no RabbitMQ; {ADVICE}.")
    _run(["apt-get", *options, "-q", "download", "rabbitmq-server", *packages], work)


def _relocate(erlang: Path, final: Path) -> None:
    """Tell Erlang's start scripts where they will live: Debian's have /usr/lib/erlang written in them."""
    for script in (erlang / "bin").iterdir():
        if script.is_file() and not script.is_symlink():
            content = script.read_bytes()
            if content.startswith(b"#!"):
                quoted = b'"' + os.fsencode(final) + b'"'
                script.write_bytes(content.replace(b"ROOTDIR=/usr/lib/erlang", b"ROOTDIR=" + quoted))


def _run(command: list[str], folder: Path) -> str:
    """Run a step that must succeed, and return what it printed."""
    done = _attempt(command, folder)
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
        raise EmbeddedError(f"RabbitMQ could not be downloaded ({reason}); check the network, or {ADVICE}.")
    return done.stdout


def _attempt(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
        preexec_fn=die_with_parent(),
    )
