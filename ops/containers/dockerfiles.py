#!/usr/bin/env python3
"""Write the Dockerfiles of all images with Python in them from patterns/; `--check` only says which differ.

Docker has no include. So each part carries a whole Dockerfile, which can be built by itself, and this keeps
them alike: what reads alike is cached once for all.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = ROOT / "ops/containers/patterns"
PARTS = {  # folder -> pattern of its last stages
    "services/intake": "service",
    "services/catalog": "service",
    "services/dispatch": "service",
    "services/monitoring": "service",
    "services/notifications": "service",
    "gateway": "service",
    "suppliers": "suppliers",
    "ops/containers/tools": "tools",
}
HEADER = """\
# Made by ops/containers/dockerfiles.py from ops/containers/patterns: change it there.
# Build in the root of the repository: docker build -f @PART@/Dockerfile .
"""


def rendered(part: str) -> str:
    """Return the Dockerfile of a part; the last name of its folder is that of its package."""
    patterns = (PATTERNS / f"{name}.Dockerfile" for name in ("common", PARTS[part]))
    text = HEADER + "\n".join(pattern.read_text(encoding="utf-8") for pattern in patterns)
    return text.replace("@PART@", part).replace("@SERVICE@", part.rpartition("/")[2])


def different() -> list[str]:
    """Return the parts whose Dockerfile is missing or not what the patterns say."""
    files = {part: ROOT / part / "Dockerfile" for part in PARTS}
    return [
        part for part, file in files.items()
        if not file.exists() or file.read_text(encoding="utf-8") != rendered(part)
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write, or with --check look; returns the exit code."""
    found = different()
    for part in found:
        if "--check" in arguments:
            sys.stdout.write(
                f"{part}/Dockerfile differs from the patterns; run ops/containers/dockerfiles.py\n"
            )
        else:
            (ROOT / part / "Dockerfile").write_text(rendered(part), encoding="utf-8")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
