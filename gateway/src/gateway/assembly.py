"""The WSGI application of a house: the API of this mode, the document that describes it, and the health
checks."""

from __future__ import annotations

from functools import cache

from werkzeug.wrappers import Response

from gateway.api import openapi
from gateway.api.endpoint import OperationEndpoint
from gateway.api.operation import Operation
from gateway.api.v1 import OPERATIONS
from gateway.house import House
from gateway.http import health
from gateway.http.application import Application, Endpoint, Route
from gateway.pages.house_of_pages import Pages
from servicekit import json


def assemble(house: House, readiness: health.Readiness) -> Application:
    operations = operations_of(house)
    routes = [Route(each.method, each.path, OperationEndpoint(each, house)) for each in operations]
    routes += [Route("GET", "/v1/openapi.json", _described(operations)), *health.routes(readiness)]
    pages = Pages(house)
    return Application(
        [*routes, *pages.routes()], max_concurrent=house.settings.max_requests, refuse=pages.refuse
    )


def operations_of(house: House) -> list[Operation]:
    return [each for each in OPERATIONS if house.settings.demo_mode or not each.demo_only]


def _described(operations: list[Operation]) -> Endpoint:
    @cache
    def body() -> bytes:
        return json.dumps(openapi.document(operations))

    return lambda _: Response(body(), content_type="application/json")
