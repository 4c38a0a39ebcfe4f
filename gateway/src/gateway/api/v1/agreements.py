"""Contracts and the calendars that their terms are counted on."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.agreements import (
    CalendarView,
    ContractFilter,
    ContractPage,
    ContractView,
    NewCalendar,
    NewContract,
    NormList,
)
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/contracts", permission="contracts.read", query=ContractFilter, answer=ContractPage, paged=True
)
def list_contracts(call: Call) -> Json:
    """All contracts with their service levels."""
    return call.services.monitoring.list_contracts(**call.query)


@resources.route("GET", "/v1/norms", permission="norms.read", answer=NormList)
def list_norms(call: Call) -> Json:
    """What every customer is promised: the terms per kind and priority, and the hours that they are
    counted in; and how well they were kept lately."""
    return call.services.monitoring.list_norms(kept=True)


@resources.route(
    "POST", "/v1/contracts", permission="contracts.write", body=NewContract, answer=ContractView, status=201,
    idempotent=True,
)  # fmt: skip
def save_contract(call: Call) -> Json:
    """Save a contract with its service levels; the one with this name, if it exists."""
    return call.services.monitoring.save_contract(**call.body)


@resources.route(
    "POST", "/v1/calendars", permission="contracts.write", body=NewCalendar, answer=CalendarView, status=201,
    idempotent=True,
)  # fmt: skip
def save_calendar(call: Call) -> Json:
    """Save a calendar of opening hours; the one with this name, if it exists."""
    return call.services.monitoring.save_calendar(**call.body)
