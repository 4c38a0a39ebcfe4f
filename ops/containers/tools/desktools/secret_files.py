"""Reading the secrets that Compose puts into a container as files."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

FOLDER = Path(os.environ.get("SECRETS_FOLDER", "/run/secrets"))


def read(name: str) -> str:
    """Return a secret by its name in docker-compose.yml."""
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def password_in(name: str) -> str:
    """Return the password in a secret that is a URL: who checks a login and who uses it read one file."""
    return unquote(urlsplit(read(name)).password or "")
