"""What a text is probably about. A person decides."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.figures import days
from gateway.api.operation import Resources
from gateway.api.schemas.figures import PeriodFilter
from gateway.api.schemas.proposals import AskProposals, ProposalAcceptance, ProposalsView
from gateway.clients import Json

resources = Resources()


@resources.route(
    "POST", "/v1/proposals", permission="proposals.read", body=AskProposals, answer=ProposalsView
)
def ask_proposals(call: Call) -> Json:
    """Kinds, products and places that a text speaks of, with the words that say so. Nothing is kept of it.

    A POST, so that what people write does not stand in addresses and their logs. Give what was proposed along
    with the request (`proposed`), and it is counted how often it was right."""
    return call.services.intake.get_proposals(**call.body)


@resources.route(
    "GET",
    "/v1/proposals/acceptance",
    permission="figures.read",
    query=PeriodFilter,
    answer=ProposalAcceptance,
)
def get_acceptance(call: Call) -> Json:
    """How often what was proposed was chosen, over a period of whole days."""
    now, zone = call.house.demo_clock.now(), call.house.settings.zone
    period = days(call.query.get("from"), call.query.get("until"), now, zone)
    return call.services.intake.get_acceptance(period.first, period.last)
