"""Reporting, finding and reading requests."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.dossier import compose
from gateway.api.operation import Resources
from gateway.api.schemas.request_views import Dossier, QueueList, RequestPage, RequestSummary
from gateway.api.schemas.requests import NewRequest, RequestFilter
from gateway.clients import Json
from gateway.desk_queues import QUEUES, count_of, counted
from gateway.http.naming import snake

resources = Resources()


@resources.route(
    "POST", "/v1/requests", permission="requests.create", body=NewRequest, answer=RequestSummary, status=201,
    idempotent=True, refuses=(404,),
)  # fmt: skip
def create_request(call: Call) -> Answer:
    """Report something: a complaint, a wish, a question for information, a fault or an order. 404: what was
    begun under the code that is named is not there (any more)."""
    summary = call.services.intake.receive_request(**call.body)
    return created(summary, f"/v1/requests/{summary['request_id']}")


@resources.route(
    "GET", "/v1/requests", permission="requests.read", query=RequestFilter, answer=RequestPage, paged=True
)
def list_requests(call: Call) -> Json:
    """Find requests, newest first. Without the permission to read all of them: only one's own."""
    if "sort" in call.query:
        call.query["sort"] = snake(call.query["sort"])
    return call.services.intake.list_requests(**call.query)


@resources.route("GET", "/v1/queues", permission="requests.read_all", answer=QueueList)
def list_queues(call: Call) -> Json:
    """The desk's queues, each with how many wait in it and as which filter."""
    found = counted(call.services, call.house.demo_clock.now())
    queues = [
        {"name": queue.name, "count": count_of(queue, found), "filter": queue.filters(found["now"])}
        for queue in QUEUES
    ]
    return {"items": queues, "most": found["most"]}


@resources.route("GET", "/v1/requests/<uuid:request_id>", permission="requests.read", answer=Dossier)
def get_request(call: Call, request_id: str) -> Json:
    """The whole dossier: the request with its time line, work orders, clocks and messages."""
    return compose(call.services, call.actor, request_id)
