"""Packages of Debian and Ubuntu, fetched by their own apt and unpacked into a folder, without being root.

apt checks the signatures; lists and archives are our own, so that the machine's are neither needed nor
touched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError, die_with_parent

TOOLS = ("apt-get", "apt-cache", "dpkg-deb")
# Which packages the machine has already; read only.
MACHINE_STATUS = Path("/var/lib/dpkg/status")


@dataclass(frozen=True)
class Apt:
    """`what` is fetched ("RabbitMQ") and `advice` says what else one can do, for the sentence when it
    fails.
    """

    work: Path
    what: str
    advice: str
    status: Path = MACHINE_STATUS

    def update(self) -> None:
        """Fetch the lists. One of the machine's sources may fail and the others still bring what we need,
        so only the download decides.
        """
        for tool in TOOLS:
            if not shutil.which(tool):
                raise EmbeddedError(f"no {self.what} here and no {tool} to fetch it with; {self.advice}.")
        for name in ("state/lists/partial", "cache/archives/partial"):
            (self.work / name).mkdir(parents=True, exist_ok=True)
        self._attempt(["apt-get", *self._options(), "-q", "update"])

    def depends(self, package: str) -> set[str]:
        """Every package that this one needs, directly or not, those of the machine included."""
        tree = self._run(["apt-cache", *self._options(), "depends", "--recurse", "--important", package])
        return set(re.findall(r"^(\S+)$", tree, re.MULTILINE))

    def missing(self, *packages: str) -> list[str]:
        """What an installation would add to this machine."""
        plan = self._run(
            ["apt-get", *self._options(), f"-oDir::State::status={self.status}", "-oDebug::NoLocking=1",
             "-q", "--simulate", "--no-install-recommends", "install", *packages]
        )  # fmt: skip
        return re.findall(r"^Inst (\S+)", plan, re.MULTILINE)

    def download(self, *packages: str) -> None:
        self._run(["apt-get", *self._options(), "-q", "download", *packages])

    def unpack(self, tree: Path) -> None:
        """All that was downloaded."""
        for package in sorted(self.work.glob("*.deb")):
            self._run(["dpkg-deb", "-x", str(package), str(tree)])

    def _options(self) -> list[str]:
        return [
            f"-oDir::State={self.work / 'state'}",
            f"-oDir::Cache={self.work / 'cache'}",
            "-oAPT::Sandbox::User=",
        ]

    def _run(self, command: list[str]) -> str:
        """Run a step that must succeed, and return what it printed."""
        done = self._attempt(command)
        if done.returncode != 0:
            reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
            raise EmbeddedError(
                f"{self.what} could not be downloaded ({reason}); check the network, or {self.advice}."
            )
        return done.stdout

    def _attempt(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=self.work,
            env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
            preexec_fn=die_with_parent(),
        )
