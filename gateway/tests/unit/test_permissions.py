"""Who may call what: every route times every role, against contracts/permissions.json."""

from __future__ import annotations

import re
from collections.abc import Callable

import deskcontracts
import pytest
from gateway.api.operation import PUBLIC, Operation
from gateway.api.v1 import OPERATIONS
from werkzeug.test import Client

ROLES = sorted({role for roles in deskcontracts.permissions().values() for role in roles})
OPEN_TO_ALL = {"POST /v1/sessions", "GET /v1/calendars/<secret>.ics"}
AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"


def label(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def address(operation: Operation) -> str:
    """With one of the words where there is a choice, and an id elsewhere."""
    path = re.sub(r"<any\((\w+)[^>]*>", r"\1", operation.path)
    return re.sub(r"<[^>]+>", AN_ID, path)


PROTECTED = [operation for operation in OPERATIONS if operation.permission != PUBLIC]


@pytest.mark.parametrize("operation", OPERATIONS, ids=label)
def test_every_route_has_a_permission_of_the_table(operation: Operation) -> None:
    if operation.permission == PUBLIC:
        assert label(operation) in OPEN_TO_ALL
    else:
        assert operation.permission in deskcontracts.permissions()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("operation", PROTECTED, ids=label)
def test_a_role_gets_in_exactly_where_the_table_says(
    operation: Operation, role: str, client: Client, signed_in: Callable[..., dict[str, str]]
) -> None:
    allowed = role in deskcontracts.permissions()[operation.permission]
    answer = client.open(address(operation), method=operation.method, headers=signed_in(role), json={})
    assert (answer.status_code != 403) is allowed
    assert answer.status_code != 401


@pytest.mark.parametrize("operation", PROTECTED, ids=label)
def test_nobody_gets_in_without_a_token(operation: Operation, client: Client) -> None:
    answer = client.open(address(operation), method=operation.method, json={})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_every_permission_of_the_table_is_asked_for_somewhere() -> None:
    used = {operation.permission for operation in OPERATIONS}
    # No doors but what is behind one: parts of a dossier, a lead's word about an order, everybody's charges.
    behind = {"charges.read", "clocks.read", "messages.read", "work_orders.lead"}
    assert set(deskcontracts.permissions()) - used == behind
