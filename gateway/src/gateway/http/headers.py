"""What stands on every answer, whatever it is."""

from __future__ import annotations

API_VERSION = "1.0.0"

# An endpoint may bring one of its own; then that one counts.
SECURITY = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Cache-Control", "no-store"),
)


_NAMES = frozenset(name.lower() for name, _ in SECURITY)


def with_security(given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of an answer, as they go to the server, and those that stand on every answer."""
    own = {name for name, _ in given if name.lower() in _NAMES}
    if not own:
        return [*given, *SECURITY]
    return [*given, *(pair for pair in SECURITY if pair[0] not in own)]
