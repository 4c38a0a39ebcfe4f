"""Unpacks one file: `python -P -m gateway.catalogue_files.unpacker FILE` prints as JSON what stands in it and
what in its tables is not right, or why it is not taken.

It runs as a process of its own, with little memory and time: a workbook of 400 kB takes ten seconds to read.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from gateway.catalogue_files.packing import Unreadable, unpack

MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 60


def main(path: str) -> int:
    """The exit code; the rest goes to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        content, problems = unpack(Path(path))
        said = {"content": content, "problems": [problem.to_dict() for problem in problems]}
    except Unreadable as refused:
        said = {"refused": {"code": refused.code, "text": refused.detail}}
    json.dump(said, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
