"""The planned work of a team, or of one of its people, in the calendar program of that person."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.api.call import Call
from gateway.api.operation import PUBLIC, Resources
from gateway.api.schemas.calendars import CalendarAddressView, MadeCalendarAddressView
from gateway.calendars import addresses
from gateway.clients import Json

resources = Resources()

MINE = "/v1/me/calendar-address"
OWN_WORK = "/v1/me/own-work-address"  # of what oneself has, beside that of the team


@resources.route("GET", MINE, permission="calendar.own", answer=CalendarAddressView)
def get_calendar_address(call: Call) -> Json:
    """When one's own calendar address was made, or null; the address itself nobody can read back."""
    return {"made_at": addresses.made_at(call.house, call.actor)}


@resources.route("POST", MINE, permission="calendar.own", answer=MadeCalendarAddressView, status=201)
def make_calendar_address(call: Call) -> Json:
    """Make one's calendar address, or a new one: the one before stops working at once."""
    return addresses.make(call.house, call.actor)


@resources.route("DELETE", MINE, permission="calendar.own", status=204)
def withdraw_calendar_address(call: Call) -> None:
    """Withdraw one's calendar address: it stops working at once."""
    addresses.withdraw(call.house, call.actor)


@resources.route("GET", OWN_WORK, permission="calendar.own", answer=CalendarAddressView)
def get_own_work_address(call: Call) -> Json:
    """When the address of the calendar of one's own orders was made, or null."""
    return {"made_at": addresses.made_at(call.house, call.actor, addresses.MINE)}


@resources.route("POST", OWN_WORK, permission="calendar.own", answer=MadeCalendarAddressView, status=201)
def make_own_work_address(call: Call) -> Json:
    """Make the address of a calendar with one's own orders alone; the one before stops working at once."""
    return addresses.make(call.house, call.actor, addresses.MINE)


@resources.route("DELETE", OWN_WORK, permission="calendar.own", status=204)
def withdraw_own_work_address(call: Call) -> None:
    """Withdraw it: it stops working at once. That of the team stays."""
    addresses.withdraw(call.house, call.actor, addresses.MINE)


@resources.route(
    "GET", "/v1/calendars/<secret>.ics", permission=PUBLIC, sends_file=True, file_type="text/calendar"
)
def read_calendar(call: Call, secret: str) -> Response:
    """The planned work as iCalendar (RFC 5545), for whoever has the secret address.

    Moments are in UTC. With If-None-Match, 304 when nothing changed."""
    body = addresses.read(call.house, secret, call.correlation_id)
    headers = {"Cache-Control": "private, no-cache"}
    answer = Response(body, headers=headers, content_type="text/calendar; charset=utf-8")
    answer.add_etag()
    return answer
