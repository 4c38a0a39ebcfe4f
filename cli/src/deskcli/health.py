"""Asking a process how it is."""

from __future__ import annotations

import http.client
import json
from typing import Any

from servicekit.embedded.ports import LOOPBACK


def is_ready(port: int, path: str = "/readyz", timeout: float = 3.0) -> bool:
    """Say whether the process on this port says that it can work."""
    status, _ = ask(port, path, timeout)
    return status == http.client.OK


def ask(port: int, path: str, timeout: float = 3.0) -> tuple[int, Any]:
    """Return the status (0 when nobody answers) and the JSON or text of a GET on loopback."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
    try:
        return response.status, json.loads(text)
    except ValueError:
        return response.status, text
