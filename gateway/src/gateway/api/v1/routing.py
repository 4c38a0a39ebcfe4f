"""Who gets what: the rules, what providers can take on, and a person's choice where no rule gives one."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas import routing as shapes
from gateway.api.schemas.base import Body
from gateway.api.schemas.providers import NewOrderTerms, OrderTermsView
from gateway.clients import Json

resources = Resources()

RULES = "/v1/routing-rules"
RULE = f"{RULES}/<uuid:rule_id>"
TERMS = "/v1/order-terms"
PROVIDER = "/v1/providers/<uuid:provider_id>"


@resources.route(
    "GET", RULES, permission="routing.read", query=Body, answer=shapes.RoutingRulePage, paged=True
)
def list_routing_rules(call: Call) -> Json:
    """All rules from top to bottom, with what is wrong with each."""
    return call.services.dispatch.list_routing_rules()


@resources.route(
    "POST", RULES, permission="routing.write", body=shapes.NewRoutingRule, answer=shapes.RoutingRuleView,
    status=201, idempotent=True,
)  # fmt: skip
def add_routing_rule(call: Call) -> Answer:
    """Add a rule below the others. One that could not be applied is refused."""
    saved = call.services.dispatch.save_routing_rule(**call.body)
    return created(saved, f"{RULES}/{saved['rule_id']}")


@resources.route(
    "POST", RULE, permission="routing.write", body=shapes.NewRoutingRule, answer=shapes.RoutingRuleView,
    idempotent=True, versioned=True,
)  # fmt: skip
def change_routing_rule(call: Call, rule_id: str) -> Json:
    """Write a rule anew; it stays where it stands. Requests that waited for it are tried again."""
    return call.services.dispatch.save_routing_rule(rule_id=rule_id, version=call.version, **call.body)


@resources.route(
    "POST", f"{RULE}/move", permission="routing.write", body=shapes.NewPosition,
    answer=shapes.RoutingRulePage, idempotent=True, versioned=True, paged=True,
)  # fmt: skip
def move_routing_rule(call: Call, rule_id: str) -> Json:
    """Put a rule at another place, counted from 1 at the top."""
    return call.services.dispatch.move_routing_rule(rule_id, call.version, **call.body)


@resources.route(
    "DELETE", RULE, permission="routing.write", answer=shapes.RoutingRulePage, versioned=True, paged=True
)
def delete_routing_rule(call: Call, rule_id: str) -> Json:
    """Take a rule away. Orders that it gave out keep its name."""
    return call.services.dispatch.delete_routing_rule(rule_id, call.version)


@resources.route(
    "GET",
    "/v1/routing/try",
    permission="routing.read",
    query=shapes.RoutingQuestion,
    answer=shapes.RoutingTryView,
    refuses=(404,),
)
def try_routing(call: Call) -> Json:
    """Who would get this, why, and why not the others. Changes nothing."""
    return call.services.dispatch.try_routing(**call.query)


@resources.route("GET", PROVIDER, permission="providers.read", answer=shapes.ProfileView)
def get_provider(call: Call, provider_id: str) -> Json:
    """One team or supplier, and what it can take on for those who direct work."""
    return call.services.dispatch.get_provider(provider_id)


@resources.route(
    "POST", f"{PROVIDER}/profile", permission="providers.write", body=shapes.NewProfile,
    answer=shapes.ProfileView, idempotent=True, versioned=True,
)  # fmt: skip
def save_provider_profile(call: Call, provider_id: str) -> Json:
    """Say what a team or supplier can take on: skills, places, hours, how much, and when it is not there."""
    return call.services.dispatch.save_provider_profile(provider_id, call.version, **call.body)


@resources.route(
    "POST", "/v1/requests/<uuid:request_id>/give-out", permission="work_orders.repair", body=shapes.ByHand,
    answer=shapes.PlannedView, idempotent=True,
)  # fmt: skip
def give_out_request(call: Call, request_id: str) -> Json:
    """Decide who does what no routing rule gives to anybody."""
    return call.services.dispatch.plan_by_hand(request_id, **call.body)


@resources.route("GET", TERMS, permission="routing.read", query=Body, answer=OrderTermsView)
def get_order_terms(call: Call) -> Json:
    """What every order is held to: its price, and how long a provider may be silent."""
    return call.services.dispatch.get_order_terms()


@resources.route(
    "POST", TERMS, permission="routing.write", body=NewOrderTerms, answer=OrderTermsView, idempotent=True,
    versioned=True,
)  # fmt: skip
def save_order_terms(call: Call) -> Json:
    """Change them, for what is reported from now on."""
    return call.services.dispatch.save_order_terms(call.version, **call.body)
