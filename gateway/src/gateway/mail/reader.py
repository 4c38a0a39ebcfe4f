"""Reads one mail: `python -P -m gateway.mail.reader FILE` prints what it says as JSON, files in base64.

It runs as a process of its own, with little memory and time; see `apart`.
"""

from __future__ import annotations

import base64
import resource
import sys
from pathlib import Path

from servicekit.errors import Invalid

from gateway.mail.reading import read
from servicekit import json

MEMORY_BYTES = 640 * 1024 * 1024
SECONDS = 5
# How it ends, for who started it.
NO_MAIL = 3


def main(path: str) -> int:
    """The exit code; what the mail says goes to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        mail = read(Path(path).read_bytes())
    except Invalid:
        return NO_MAIL
    files = [(name, base64.b64encode(content).decode()) for name, content in mail.files]
    sys.stdout.buffer.write(json.dumps({**vars(mail), "files": files}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
