"""Runs mutmut on a copy of a service: it writes into what it works on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import click
from servicekit.embedded.programs import EmbeddedError, die_with_parent

from deskcli.layout import ROOT
from deskcli.mutating.environment import FOLDER, MUTMUT, import_path
from deskcli.mutating.verdicts import VERDICTS, Verdict

SETTINGS = """\
[mutmut]
source_paths=src/{service}/domain
also_copy=
    src
    tests
tests_dir=tests/unit/
pytest_add_cli_args=
    --import-mode=importlib
    -p
    no:pytest_nameko
    -p
    servicekit.testing.plugin
    -q
    -x
"""
HOW_FAR = re.compile(r"(\d+)/(\d+)")
EVERY_S = 60


def services() -> list[str]:
    """Return the services that have rules of the trade and unit tests for them."""
    found = ROOT.glob("services/*/src/*/domain/__init__.py")
    return sorted(
        path.parent.parent.name
        for path in found
        if (ROOT / "services" / path.parent.parent.name / "tests/unit").is_dir()
    )


def copy_of(service: str) -> Path:
    """Return where the copy of a service lies, with what the last run found."""
    return FOLDER / service


def run(service: str, processes: int, again: bool = False) -> None:
    """Copy the service and let mutmut change its domain; says now and then how far it is. `again`: what was
    killed last time stays killed, and is not tried.
    """
    folder = copy_of(service)
    if again:
        forget_what_lived(folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    for tests in ("tests", "mutants/tests"):
        shutil.rmtree(folder / tests, ignore_errors=True)
    for part in ("src", "tests"):
        shutil.copytree(ROOT / "services" / service / part, folder / part, dirs_exist_ok=True)
    (folder / "setup.cfg").write_text(SETTINGS.format(service=service), encoding="ascii")
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            ["nice", "-n", "5", str(MUTMUT), "run", "--max-children", str(processes)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": import_path(service), "HYPOTHESIS_PROFILE": "mutation"},
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
        )
        _wait(service, process, folder / "log")
    if process.returncode:
        raise EmbeddedError(
            f"mutmut could not work on {service}, mostly because a unit test fails as it is: {folder / 'log'}"
        )


def forget_what_lived(folder: Path) -> None:
    """Let mutmut try these anew, and look anew which test reaches what."""
    (folder / "mutants/mutmut-stats.json").unlink(missing_ok=True)
    for meta in folder.glob("mutants/src/**/*.meta"):
        known = json.loads(meta.read_text(encoding="utf-8"))
        codes = known["exit_code_by_key"]
        killed = {key: code for key, code in codes.items() if VERDICTS.get(code) is Verdict.KILLED}
        known["exit_code_by_key"] = dict.fromkeys(codes) | killed
        meta.write_text(json.dumps(known), encoding="utf-8")


def _wait(service: str, process: subprocess.Popen[bytes], log: Path) -> None:
    said = time.monotonic()
    while process.poll() is None:
        time.sleep(0.2)
        if time.monotonic() - said > EVERY_S and (far := how_far(log.read_bytes())):
            said = time.monotonic()
            click.echo(f"{service}: {far}", err=True)


def how_far(log: bytes) -> str:
    """Read from mutmut's line, which it writes over and over, how many mutants of how many were tried."""
    found = HOW_FAR.findall(log[-2000:].decode(errors="replace"))
    return f"{found[-1][0]} of {found[-1][1]} mutants tried" if found else ""
