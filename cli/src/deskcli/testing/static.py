"""Checks that run no code of ours: style, types, and who may import whom."""

from __future__ import annotations

import sys
import time
import tomllib
from importlib.util import find_spec
from pathlib import Path

import click

from deskcli.layout import ROOT
from deskcli.testing.outcome import Outcome
from deskcli.testing.runner import call

SOURCES = ("servicekit/src", "contracts/src", "services/*/src", "gateway/src", "suppliers/src", "cli/src")


def run_static() -> Outcome:
    """Run every check, also after one failed, and count each as a test."""
    began = time.monotonic()
    checks = {
        "ruff check": [_tool("ruff"), "check", "--quiet", "--output-format=concise", "."],
        "ruff format": [_tool("ruff"), "format", "--check", "--quiet", "--output-format=concise", "."],
        "mypy": [_tool("mypy"), "--no-error-summary", *_packages()],
        "import-linter": [_tool("lint-imports"), "--no-cache", "--no-logo"],
    }
    results = {name: call(command) == 0 for name, command in checks.items() if _possible(name)}
    for name, fine in results.items():
        click.echo(f"{name:<14} {'ok' if fine else 'FAILED'}")
    passed = sum(results.values())
    return Outcome(passed, len(results) - passed, len(checks) - len(results), time.monotonic() - began)


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _packages() -> list[str]:
    """Return mypy's arguments for every package of the workspace."""
    found = sorted(init.parent.name for source in SOURCES for init in ROOT.glob(f"{source}/*/__init__.py"))
    return [argument for name in found for argument in ("-p", name)]


def _possible(check: str) -> bool:
    """import-linter insists that all packages in its contracts exist; a slim checkout may lack some."""
    if check != "import-linter":
        return True
    with open(ROOT / "pyproject.toml", "rb") as file:
        roots = tomllib.load(file)["tool"]["importlinter"]["root_packages"]
    missing = [name for name in roots if find_spec(name) is None]
    if missing:
        click.echo(f"import-linter  skipped: not in this checkout: {', '.join(missing)}")
    return not missing
