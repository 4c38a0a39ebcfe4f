"""A small API, its document, and answers of it."""

from __future__ import annotations

import json
from typing import Any

from deskcli.fuzzing.calls import Call
from deskcli.fuzzing.checks import UNKNOWN, Exchange
from deskcli.fuzzing.document import Document
from deskcli.fuzzing.sending import Reply

LAMP = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
RAW: dict[str, Any] = {
    "paths": {
        "/v1/lamps/{lampId}": {
            "get": {
                "operationId": "get_lamp",
                "x-permission": "lamps.read",
                "parameters": [
                    {"name": "lampId", "in": "path", "schema": {"type": "string", "format": "uuid"}}
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lamp"}}},
                    },
                    "404": {"content": PROBLEM},
                    "503": {"content": PROBLEM},
                    "default": {"content": PROBLEM},
                },
            }
        },
        "/v1/lamps/{lampId}/light": {
            "post": {
                "operationId": "light_lamp",
                "x-permission": "lamps.light",
                "parameters": [
                    {"name": "lampId", "in": "path", "schema": {"type": "string", "format": "uuid"}},
                    {"name": "If-Match", "in": "header", "schema": {"type": "string"}},
                    {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Light"}}}
                },
                "responses": {"204": {}, "409": {"content": PROBLEM}},
            }
        },
    },
    "components": {
        "schemas": {
            "Lamp": {
                "type": "object",
                "required": ["lampId", "version"],
                "properties": {
                    "lampId": {"type": "string", "format": "uuid"},
                    "version": {"type": "integer"},
                    "seen": {"type": ["string", "null"], "format": "date-time"},
                },
            },
            "Light": {
                "type": "object",
                "required": ["colour", "until"],
                "properties": {
                    "colour": {"type": "string", "enum": ["red", "green"]},
                    "until": {"type": ["string", "null"], "format": "date-time"},
                    "percent": {"type": ["integer", "null"], "minimum": 1, "maximum": 100},
                    "lampIds": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "string", "format": "uuid"},
                    },
                },
            },
            "Problem": {
                "type": "object",
                "required": ["status", "code"],
                "properties": {"status": {"type": "integer"}, "code": {"type": "string"}},
            },
        }
    },
}
HEADERS = {
    "api-version": "1.0.0",
    "x-correlation-id": "trace-1",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'",
    "referrer-policy": "no-referrer",
}
GOOD = {"lampId": LAMP, "version": 3, "seen": None}


def document() -> Document:
    return Document(RAW)


def problem(status: int, **changes: Any) -> dict[str, Any]:
    return {"status": status, "code": "some_code", "correlationId": "trace-1", **changes}


def exchange(
    status: int = 200,
    body: Any = None,
    *,
    may: frozenset[str] | None = None,
    seconds: float = 0.1,
    trouble: str = "",
    raw: bytes | None = None,
    **headers: str | None,
) -> Exchange:
    """A look at a lamp and the answer to it; a header that is None is left out."""
    said = document()
    operation = said.operations["get_lamp"]
    media = "application/json" if status < 400 else "application/problem+json"
    changes = {name.replace("_", "-"): text for name, text in headers.items()}
    told = {**HEADERS, "content-type": media, "etag": '"3"', **changes}
    content = json.dumps(GOOD if body is None else body).encode() if raw is None else raw
    reply = Reply(
        status, {name: text for name, text in told.items() if text is not None}, content,
        seconds, trouble,
    )  # fmt: skip
    call = Call(operation, "agent", "sensible", f"/v1/lamps/{LAMP}", {}, None, "token")
    return Exchange(call, reply, said, UNKNOWN if may is None else may)
