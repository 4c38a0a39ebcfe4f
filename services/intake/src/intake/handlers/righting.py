"""What would follow from each kind of correction: checked against what is known, and nothing changed yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.corrections import Effect, What
from intake.domain.errors import NotAllowed
from intake.domain.foreseeing import Foreseen, Wish, effect_for, order_for, stops
from intake.domain.products import Product
from intake.domain.questions import check_answers
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import Place, Promise
from intake.handlers.about_assets import asset_to_choose, called, checked
from intake.handlers.approving import needed
from intake.handlers.danger_routes import kept
from intake.handlers.involving import colleague_for, cost_centre_for, payer_of
from intake.handlers.offering import check_offered
from intake.handlers.ordering import take_place
from intake.handlers.overruling import Overruling
from intake.handlers.prioritising import by_matrix
from intake.handlers.promising import after_waits, promised
from intake.storage.unit_of_work import IntakeWork

SAME = "This is what it is already. Choose another, or nothing is corrected."
Changes = dict[str, Any]


def foresee(work: IntakeWork, rules: Rules, request: Request, wish: Wish) -> Foreseen:
    """Raises Invalid, NotAllowed: then it can't be done, and the words say why."""
    if not work.corrections.has_cause(wish.cause):
        raise _invalid("cause", "This cause is not on the list. Choose one of it.")
    foreseen = BY_WHAT[wish.what](work, rules, request, wish, effect_for(request, wish.what))
    stopped = [] if foreseen.issues else [order.title for order in stops(request, foreseen) if order.title]
    goes_on = foreseen.effect in (Effect.REFRESH, Effect.REROUTE, Effect.REWORK)
    return replace(foreseen, issues=stopped) if goes_on else foreseen


def _kind(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    """A complaint or a question about something has nobody at work on it: then a person looks again."""
    kind = _given(wish.kind, "kind", "Say what kind it is.")
    if kind == request.kind and wish.priority in (None, request.priority):
        raise _invalid("kind", SAME)
    product = _product_of(work, request)
    changes = {"kind": kind, "priority": wish.priority or request.priority}
    if request.round and request.state == "in_progress" and product and product.is_only_about(kind):
        effect = Effect.REASSESS
    return _foreseen(work, rules, request, wish, effect, changes, product)


def _product(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    """Without one: what was chosen is wrong, and a person looks again what is right."""
    keeps = kept(work, request)
    if wish.product_id is None:
        found = _foreseen(work, rules, request, wish, Effect.REASSESS, {"product": None}, None)
        return replace(found, keeps=keeps)
    if effect is Effect.REASSESS:
        raise _invalid("product_id", "The budget holder is being asked. Leave the product out: then it is "
                                     "assessed again, and another can be chosen and asked for.")  # fmt: skip
    product, _ = work.lookups.for_triage(wish.product_id, rules.zone)
    if product is None or not product.has_process:
        raise _invalid(
            "product_id", "This product is not offered, or has no work of its own. Choose another."
        )
    if request.product == product.ref:
        raise _invalid("product_id", SAME)
    kind = product.kind if product.is_only_about(wish.kind or request.kind) else wish.kind or product.kind
    overruling = Overruling(work, wish.overrule)
    with overruling.lenient():
        _check_place(work, request, product, kind, request.location)
    answers = check_answers(
        product.questions, wish.answers or product.answers_among(request.answers), work.actor.language
    )
    usual = request.priority if request.danger else by_matrix(work, request.grade, kind) or product.priority
    changes = {
        "product": product.ref,
        "answers": answers,
        "kind": kind,
        "priority": wish.priority or usual,
    }
    _check_budget(work, rules, replace_in(request, changes), product, answers)
    changes |= _place_of_order(work, rules, request, changes, product, request.received_at, overruling)
    found = _foreseen(work, rules, request, wish, effect, changes, product)
    issues = [dict(title) for title in product.steps]
    return replace(found, issues=issues, overrules=overruling.rules, keeps=keeps)


def _place(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    place, changes = _where(work, request, wish)
    if request.location == place:
        raise _invalid("location_id", SAME)
    product, overruling = _product_of(work, request), Overruling(work, wish.overrule)
    if product and request.round:
        with overruling.lenient():
            _check_place(work, request, product, request.kind, place)
    found = _foreseen(work, rules, request, wish, effect, changes, product)
    found = replace(found, overrules=overruling.rules)
    again = effect is Effect.REPLAN and product
    return replace(found, issues=[dict(title) for title in product.steps]) if again and product else found


def _where(work: IntakeWork, request: Request, wish: Wish) -> tuple[Place, Changes]:
    """The right place, and what follows from it. An object of the register says where it is; one that is not
    at the right place is not what it is about.
    """
    if wish.asset_id:
        asset = checked(asset_to_choose(work, wish.asset_id), _named_place(work, wish.location_id))
        named = {"asset": asset.ref, "object": called(request, asset)}
        return asset.place, {"location": asset.place, **named}
    named_place = _named_place(work, wish.location_id)
    place: Place = _given(named_place, "location_id", "Choose the right place.")
    return place, {"location": place, **({"asset": None, "object": None} if request.asset else {})}


def _named_place(work: IntakeWork, location_id: UUID | None) -> Place | None:
    if location_id is None:
        return None
    row = work.locations.by_id(location_id)
    if row is None:
        raise _invalid("location_id", "This location is not known. Choose another.")
    return Place(str(row.location_id), row.name, row.path)


def _object(work: IntakeWork, request: Request, asset_id: UUID) -> Changes:
    """Another object at the same place. Elsewhere the work is elsewhere: that is another correction."""
    asset = asset_to_choose(work, asset_id)
    if request.location and not asset.place.lies_in(request.location):
        raise _invalid("asset_id", f"It is at {asset.place.path}: correct the place then, with this object.")
    return {"asset": asset.ref, "object": called(request, asset), "location": asset.place}


def _data(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    """Answers that are not given stay; one that is empty is taken away."""
    product = _product_of(work, request)
    changes: Changes = {}
    if wish.answers:
        given = {**request.answers, **wish.answers}
        questions = product.questions if product else ()
        changes["answers"] = check_answers(questions, given, work.actor.language)
    if wish.quantity is not None:
        changes["quantity"] = wish.quantity
    if wish.wanted is not None:
        if wish.wanted.last_moment < work.now:
            raise _invalid("wanted", "This moment has passed. Choose one in the future.")
        changes["wanted"] = wish.wanted
    changes |= _involved(work, request, wish)
    if wish.asset_id is not None:
        changes |= _object(work, request, wish.asset_id)
    changes = {name: value for name, value in changes.items() if value != getattr(request, name)}
    if not changes:
        text = (
            "Give something that is another than it is now: an answer, a quantity, a moment, an object, "
            "whom it is for, or whom the executor meets."
        )
        raise _invalid("answers", text)
    overruling = Overruling(work, wish.overrule)
    if product and request.round:
        ordered_at = work.now if "wanted" in changes else request.received_at
        changes |= _place_of_order(work, rules, request, changes, product, ordered_at, overruling)
    found = _foreseen(work, rules, request, wish, effect, changes, product)
    return replace(found, overrules=overruling.rules)


def _place_of_order(
    work: IntakeWork, rules: Rules, request: Request, changes: Changes, product: Product,
    ordered_at: datetime, overruling: Overruling,
) -> Changes:  # fmt: skip
    """More than it took is ordered now. What follows for what it takes at once."""
    as_it_would_be = replace_in(request, changes)
    more = product.units(as_it_would_be.quantity, as_it_would_be.answers) > request.units
    ordered_at = work.now if more else ordered_at
    take_place(
        work, rules, as_it_would_be, product, as_it_would_be.answers, ordered_at, overruling=overruling
    )
    return {"units": as_it_would_be.units} if as_it_would_be.units != request.units else {}


def _involved(work: IntakeWork, request: Request, wish: Wish) -> Changes:
    changes: Changes = {}
    if wish.requested_for_id is not None and _known_requester(request):
        changes["requested_for"] = colleague_for(work, request, wish.requested_for_id)
    if wish.on_site is not None:
        changes["on_site"] = wish.on_site
    return changes


def _cost_centre(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    """Who is asked whether they agree is asked of the wrong one then; else it is a matter of the books."""
    key = _given(wish.cost_centre, "cost_centre", "Choose the right cost centre.")
    if request.cost_centre and request.cost_centre.key == key:
        raise _invalid("cost_centre", SAME)
    _known_requester(request)
    changes = {"cost_centre": cost_centre_for(work, request, key)}
    return _foreseen(work, rules, request, wish, effect, changes, None)


def _known_requester(request: Request) -> bool:
    if request.requester is None:
        raise NotAllowed("The requester of this imported request is not known; report it anew.")
    return True


def _order(work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect) -> Foreseen:
    """About one order; nothing of the request itself changes."""
    order = order_for(request, wish, effect)
    assert order is not None
    own = str(order.provider["provider_id"])
    before: Changes = {"order": order.number, "provider": order.provider["name"]}
    after: Changes = {}
    if wish.what is What.PROVIDER and (wish.provider_id is None or str(wish.provider_id) == own):
        raise _invalid(
            "provider_id", "Choose another provider; or say that it is about bad work or a no-show."
        )
    if wish.what is What.PRICE:
        cost = _given(wish.cost_cents, "cost_cents", "Say what it cost.")
        if cost == order.cost_cents:
            raise _invalid("cost_cents", SAME)
        before["cost_cents"], after["cost_cents"] = order.cost_cents, cost
    if wish.what is What.BAD_WORK:
        _given(wish.note, "note", "Say what is not right: the executor gets to read it.")
    if effect is Effect.REOPEN:
        if wish.provider_id and str(wish.provider_id) != own:
            raise _invalid("provider_id", "It is ready: it goes back to who did it. Correct that order then.")
    elif wish.what is not What.PRICE:
        after["provider_id"] = str(wish.provider_id or own)
    return Foreseen(wish, effect, {}, before, after)


BY_WHAT: dict[What, Callable[[IntakeWork, Rules, Request, Wish, Effect], Foreseen]] = {
    What.KIND: _kind,
    What.PRODUCT: _product,
    What.PLACE: _place,
    What.DATA: _data,
    What.COST_CENTRE: _cost_centre,
    What.PROVIDER: _order,
    What.NO_SHOW: _order,
    What.BAD_WORK: _order,
    What.PRICE: _order,
}


def _foreseen(
    work: IntakeWork,
    rules: Rules,
    request: Request,
    wish: Wish,
    effect: Effect,
    changes: Changes,
    product: Product | None,
) -> Foreseen:
    """With the promise made anew, if it is another: from the moment of receipt, for time began then."""
    changes = {name: value for name, value in changes.items() if value != getattr(request, name)}
    if "wanted" in changes or not changes.keys().isdisjoint({"kind", "priority", "product"}):
        promise = _promise(work, rules, replace_in(request, changes), product)
        if promise != request.promise:
            changes["promise"] = promise
    before = {name: getattr(request, name) for name in changes}
    confides = product is not None and product.confidential and not request.confidential
    return Foreseen(wish, effect, changes, before, dict(changes), confides=confides)


def restored(
    work: IntakeWork, rules: Rules, request: Request, wish: Wish, effect: Effect, changes: Changes
) -> Foreseen:
    """With what it had before. That was right by the rules of then, and is not judged anew."""
    as_before = replace_in(request, changes)
    product = _product_of(work, as_before)
    found = _foreseen(work, rules, request, wish, effect, changes, product)
    again = effect is Effect.REPLAN and product
    return replace(found, issues=[dict(title) for title in product.steps]) if again and product else found


def _promise(work: IntakeWork, rules: Rules, request: Request, product: Product | None) -> Promise:
    usual = product is not None and request.priority == product.priority and not request.danger
    lead_time = product.lead_time if product and usual else None
    calendar = work.lookups.calendar(rules.zone)
    kind, priority, start = request.kind, request.priority, request.received_at
    found = promised(rules, calendar, start, kind, priority, lead_time, request.wanted)
    return after_waits(found, request, calendar, work.now)


def replace_in(request: Request, changes: Changes) -> Request:
    """As it would be. Its lists are shared: for reading only."""
    return replace(request, **changes)


def _product_of(work: IntakeWork, request: Request) -> Product | None:
    """The version that it keeps."""
    ref = request.product
    return work.published.product(UUID(ref.product_id), ref.version) if ref else None


def _check_place(
    work: IntakeWork, request: Request, product: Product, kind: str | None, place: Place | None
) -> None:
    _known_requester(request)
    assert request.requester is not None
    location_id = UUID(place.location_id) if place and place.location_id else None
    check_offered(work, product, kind, request.requested_for or request.requester, location_id)


def _check_budget(
    work: IntakeWork, rules: Rules, request: Request, product: Product, answers: dict[str, Any]
) -> None:
    """Whoever pays is asked in triage, with an estimate: a correction does not spend their money."""
    estimate = product.estimate(request.quantity, answers)
    budget_id = payer_of(work, request).budget_id
    unknown = estimate is None and budget_id is not None
    if unknown or needed(work, rules, request, budget_id, estimate, None):
        text = "Its budget holder must agree. Leave the product out: then it is assessed, and asked for."
        raise _invalid("product_id", text)


def _given(value: Any, field: str, text: str) -> Any:
    if value is None:
        raise _invalid(field, text)
    return value


def _invalid(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
