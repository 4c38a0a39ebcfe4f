#!/usr/bin/env python3
"""Print the part of requirements.lock that one image needs, hashes included, for pip's --require-hashes.

    locked.py LOCK [--without FOLDER]... FOLDER_OR_NAME...

A FOLDER holds a pyproject.toml; what it declares counts, and what the packages of this repository that it
names declare. So an image gets what its service says that it needs, and nothing that only happens to be in
the lock: a dependency that was forgotten shows when the image is built. Standard library only.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

# Packages of this repository, and the folder of each.
OURS = {"servicekit": "servicekit", "deskcontracts": "contracts", "supplierkit": "suppliers"}


def main(arguments: list[str]) -> None:
    """Print the chosen blocks in the order of the lock."""
    lock, *rest = arguments
    wanted, unwanted = split(rest)
    blocks, parents = read(Path(lock).read_text(encoding="utf-8"))
    chosen = closure(declared(wanted), parents) - closure(declared(unwanted), parents)
    missing = declared(wanted) - blocks.keys()
    if missing:
        sys.exit(f"locked.py: not in {lock}: {', '.join(sorted(missing))}; add it to requirements.in")
    sys.stdout.write("".join(blocks[name] for name in blocks if name in chosen))


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Return what is wanted, and what another layer has already (after --without)."""
    wanted: list[str] = []
    unwanted: list[str] = []
    target = wanted
    for argument in arguments:
        if argument == "--without":
            target = unwanted
        else:
            target.append(argument)
            target = wanted
    return wanted, unwanted


def read(lock: str) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the block of each package, and who needs it according to uv's "via" comments."""
    blocks: dict[str, str] = {}
    parents: dict[str, set[str]] = {}
    for block in re.findall(r"^[A-Za-z0-9].*\n(?:[ \t].*\n)*", lock, re.MULTILINE):
        name = normal(block)
        comments = re.findall(r"^ +# +(?:via +)?(\S+)$", block, re.MULTILINE)
        blocks[name] = blocks.get(name, "") + block
        parents.setdefault(name, set()).update(normal(comment) for comment in comments if comment != "via")
    return blocks, parents


def declared(wanted: Iterable[str]) -> set[str]:
    """Return the names of others' packages that these folders declare, ours followed through."""
    names: set[str] = set()
    waiting, seen = list(wanted), set()
    while waiting:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        project = Path(item) / "pyproject.toml"
        if not project.exists():
            names.add(normal(item))
            continue
        for requirement in tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]:
            name = normal(requirement)
            waiting.append(OURS.get(name, name))
    return names


def closure(names: set[str], parents: dict[str, set[str]]) -> set[str]:
    """Return the names with all that they need in turn."""
    found = set(names)
    while fresh := {name for name, by in parents.items() if by & found} - found:
        found |= fresh
    return found


def normal(requirement: str) -> str:
    """Return the package name of a requirement as PyPA normalises it: `Babel[x]>=2` is babel."""
    match = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    return re.sub(r"[-_.]+", "-", match.group()).lower() if match else ""


if __name__ == "__main__":
    main(sys.argv[1:])
