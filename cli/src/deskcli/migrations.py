"""Bring the databases of all services up to date in one process: libraries are loaded once, not six times."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError, die_with_parent

from deskcli.layout import ROOT


class Migration:
    """The process, started before the databases are there, so that it loads while they boot.

    `stamp` is a file that goes with the data: it tells that nothing has changed since the last time, which
    saves a second at every start. Without one (another's server, say) the databases are always looked at.
    """

    def __init__(self, packages: Iterable[str], log: Path, stamp: Path | None) -> None:
        self._packages = [package for package in packages if _folder(package)]
        self._log, self._stamp = log, stamp
        self._digest = _digest(self._packages)
        self._process = None if self._is_done() else self._launch()

    def run(self, urls: dict[str, str]) -> None:
        """Migrate {package: url}; raises EmbeddedError."""
        if self._process is None:
            return
        wanted = {package: urls[package] for package in self._packages}
        said, _ = self._process.communicate(json.dumps(wanted) + "\n", timeout=120)
        if self._process.returncode != 0:
            raise EmbeddedError(f"{said.strip() or 'the migrations failed'} (details: {self._log}).")
        if self._stamp:
            self._stamp.write_text(self._digest, encoding="ascii")

    def cancel(self) -> None:
        """End it when the start has failed elsewhere."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def _is_done(self) -> bool:
        return bool(self._stamp and self._stamp.exists() and self._stamp.read_text() == self._digest)

    def _launch(self) -> subprocess.Popen[str]:
        with open(self._log, "wb") as output:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "deskcli.migrations"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
                cwd=ROOT,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
            )


def _folder(package: str) -> Path | None:
    """Return a service's migrations; None when it has none or is not part of this checkout."""
    found = find_spec(package)
    folders = (
        [Path(place) / "storage/migrations" for place in found.submodule_search_locations or ()]
        if found
        else []
    )
    return next((folder for folder in folders if (folder / "env.py").exists()), None)


def _digest(packages: Iterable[str]) -> str:
    """Return a hash of everything that makes the tables: the migrations, and what servicekit adds to them."""
    folders = [folder for package in packages if (folder := _folder(package))]
    digest = hashlib.sha256()
    for folder in [*folders, ROOT / "servicekit/src/servicekit/storage"]:
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    """Read {"package": "url"} from standard input, where no other user can see the passwords, and migrate."""
    from servicekit.database import migrate

    for package, url in json.loads(sys.stdin.readline() or "{}").items():
        try:
            migrate(package, url)
        except Exception as error:
            print(f"the database of {package} could not be brought up to date: {error}".replace("\n", " "))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
