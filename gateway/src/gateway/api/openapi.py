"""The OpenAPI 3.1 document, made from the operations and their schemas: nothing in it is written twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from gateway.api.operation import PUBLIC, Operation
from gateway.api.schemas.base import Scalar, View
from gateway.http.headers import API_VERSION
from gateway.http.naming import camel
from gateway.http.problems import MEDIA_TYPE

_VARIABLE = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>")
_WORDS = re.compile(r"<[^:>]+>")  # a variable that may be any text

REASONS = {
    "400": "Not readable",
    "401": "Not signed in",
    "403": "Not allowed for this role",
    "404": "Not found, or not yours",
    "409": "Not possible in the present state, or the first call with this key is still running",
    "411": "Content-Length is missing",
    "412": "Changed by somebody else since it was read",
    "413": "Too large",
    "415": "Not JSON",
    "422": "Some fields are not right",
    "428": "If-Match is missing",
    "429": "Too many attempts",
    "503": "A part of the system is away",
}


FILES = {
    "type": "object",
    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    "required": ["file"],
}


class Problem(View):
    """RFC 9457"""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    code = fields.String(required=True)
    correlation_id = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The whole document as plain values."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name)
    spec = APISpec(
        title="Servicedesk",
        version=API_VERSION,
        openapi_version="3.1.0",
        plugins=[plugin],
        info={"description": "The service desk: reporting, directing, carrying out, guarding."},
        security=[{"token": []}],
    )
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_scalar)
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", schema=Problem)
    for operation in operations:
        spec.path(path=public_path(operation), operations={operation.method.lower(): _describe(operation)})
    return spec.to_dict()


def public_path(operation: Operation) -> str:
    """`/v1/requests/{requestId}`."""
    return _VARIABLE.sub(lambda found: "{" + camel(found.group(3)) + "}", operation.path)


def _scalar(converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    return {"type": ["string", "number", "boolean", "null"]} if isinstance(field, Scalar) else {}


def _name(schema: Any) -> str:
    """The name under which a shape stands in the document; a nested one may come as a class."""
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("View")


def _describe(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.about.split("\n\n")[0],
        "description": f"Needs the permission `{operation.permission}`.",
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.permission == PUBLIC:
        described["security"] = []
        described["description"] = "Needs no sign-in."
    else:
        described["x-permission"] = operation.permission
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.body)}
    if operation.takes_files:
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": FILES}}}
    return described


def _parameters(operation: Operation) -> list[Any]:
    variables = [
        {"name": camel(name), "in": "path", "required": True, "schema": _variable(kind, words)}
        for kind, words, name in _VARIABLE.findall(operation.path)
    ]
    headers = []
    if operation.versioned:
        headers.append(_if_match(operation))
    if operation.idempotent:
        headers.append(
            _header("Idempotency-Key", "The same key again gives the same answer and does nothing.")
        )
    query: list[Any] = [{"in": "query", "schema": operation.query}] if operation.query is not None else []
    return [*variables, *headers, *query]


def _variable(kind: str, words: str) -> dict[str, Any]:
    if kind == "any":
        return {"type": "string", "enum": words.split(", ")}
    return {"type": "string", "format": kind} if kind else {"type": "string"}


def _if_match(operation: Operation) -> dict[str, Any]:
    about = "The ETag of the version that is changed."
    if operation.unversioned_for:
        about += f" May be left out by: {', '.join(operation.unversioned_for)}."
    return _header("If-Match", about, required=not operation.unversioned_for)


def _header(name: str, about: str, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": about,
        "schema": {"type": "string"},
    }


def _responses(operation: Operation) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if operation.answer is not None:
        success["content"] = _json(operation.answer)
    if operation.sends_file:
        success["content"] = {operation.file_type: {"schema": {"type": "string", "format": "binary"}}}
    if operation.has_etag:
        success["headers"] = {"ETag": {"description": "The version", "schema": {"type": "string"}}}
    problems = {status: _problem(REASONS[status]) for status in _statuses(operation)}
    return {str(operation.status): success, **problems, "default": _problem("Any other problem")}


def _statuses(operation: Operation) -> list[str]:
    found = {"503"}
    if operation.permission != PUBLIC:
        found |= {"401", "403"}
    if operation.body is not None or operation.takes_files:
        found |= {"400", "411", "413", "415", "422"}
    if operation.query is not None:
        found |= {"422"}
    if _VARIABLE.search(operation.path):
        found |= {"404"}
    if _WORDS.search(operation.path):
        found |= {"422"}
    if operation.method != "GET":
        found |= {"409"}
    if operation.versioned:
        found |= {"412", "428"}
    if operation.idempotent:
        found |= {"400", "422"}
    return sorted(found | {str(status) for status in operation.refuses})


def _problem(about: str) -> dict[str, Any]:
    return {"description": about, "content": {MEDIA_TYPE: {"schema": Problem}}}


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
