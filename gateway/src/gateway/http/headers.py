"""What stands on every answer, whatever it is."""

from __future__ import annotations

from werkzeug.datastructures import Headers

API_VERSION = "1.0.0"

# setdefault semantics: a page may bring a policy of its own.
SECURITY = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("Cache-Control", "no-store"),
)


def add_security(headers: Headers) -> None:
    for name, value in SECURITY:
        if name not in headers:
            headers.add(name, value)
