"""Receiving: from what somebody says to a number, a promise, and work that starts or a person who looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.actor import Actor
from servicekit.errors import Invalid
from servicekit.receipts import Receipts

from intake.domain.assets import Asset
from intake.domain.products import Product
from intake.domain.questions import check_answers
from intake.domain.references import reference
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import SPOKEN_CHANNELS, Attachment, Requester, Wanted
from intake.handlers import beginning, views
from intake.handlers.about_assets import checked, name
from intake.handlers.access import DIRECT
from intake.handlers.approving import DANGER, needed
from intake.handlers.attaching import keep, to_attach
from intake.handlers.complaining import begin, chain, link_chained, to_complain_about
from intake.handlers.confiding import at_receipt
from intake.handlers.danger_routes import send
from intake.handlers.involving import Involved, Payer, involved
from intake.handlers.joining import join_new
from intake.handlers.offering import check_offered
from intake.handlers.ordering import take_place
from intake.handlers.overruling import Overruling
from intake.handlers.prioritising import weighed
from intake.handlers.promising import promised
from intake.handlers.proposing import keep_choice
from intake.storage.lookups import Found
from intake.storage.unit_of_work import IntakeWork

Command = dict[str, Any]
SUMMARY_LENGTH = 120


def receive_request(work: IntakeWork, rules: Rules, receipts: Receipts, **command: Any) -> views.View:
    """A standard request is accepted at once; an answered one closes; any other waits in triage."""
    begun = _begun(work, command)
    requester_id = _requester_id(work.actor, command)
    answer = command["answer"] or {}
    found = work.lookups.for_receipt(
        requester_id, command["location_id"], command["product_id"], answer.get("article_id"), rules.zone,
        command["asset_id"],
    )  # fmt: skip
    _check(command, found, work.now)
    asset = checked(found.asset, found.location) if command["asset_id"] else None
    requester = _requester(work.actor, requester_id, found)
    touched = involved(work, command, requester, Payer(found.cost_centre, found.budget_id))
    overruling = _offered(work, command, found, touched.requested_for or requester)
    request = _request(work, rules, command, found, requester, touched)
    _begin(work, request, asset, command, found.product)
    subject = to_complain_about(work, command["about"], request.kind)
    files = to_attach(work, receipts, command["attachments"]) + beginning.files_of(begun)
    request.receive(work.by, files)
    beginning.finish(request, begun)
    if subject:
        request.location = request.location or subject.location
        chain(work, request, subject, command["about"])
    main = _go_on(work, rules, request, command, found, touched.payer.budget_id, overruling)
    overruling.note(request, found.product)
    work.add(request)
    if subject:
        link_chained(work, request, subject)
    if main:
        work.save(main)
    _keep_along(work, request, command, files, begun)
    return views.summary(request, work.actor)


def _offered(work: IntakeWork, command: Command, found: Found, whom: Requester) -> Overruling:
    """Raises Invalid when its product is not for them; what the desk let go of, and why."""
    overruling = Overruling(work, command["overrule"])
    if found.product:
        with overruling.lenient():
            check_offered(work, found.product, command["kind"], whom, _place_id(found))
    return overruling


def _keep_along(
    work: IntakeWork, request: Request, command: Command, files: list[Attachment], begun: Any
) -> None:
    """After the request is there."""
    keep(work, request, files, public=True)
    keep_choice(work, request, command["proposed"])
    beginning.finished(work, request, begun, command["channel"])


def _begun(work: IntakeWork, command: Command) -> Any:
    """What was begun on the site and is finished with this. It is reported by who began it, unless said."""
    if command["begun_id"] is None:
        return None
    work.actor.require("reports.finish")
    begun = beginning.to_finish(work, command["begun_id"])
    command["requester_id"] = command["requester_id"] or beginning.requester_of(work, begun)
    return begun


def _begin(
    work: IntakeWork, request: Request, asset: Asset | None, command: Command, product: Product | None
) -> None:
    """What it is before anything is told of it."""
    if asset:
        name(request, asset)
    if command["confidential"] or (product and product.confidential):
        at_receipt(work, request, command["follows"])
    begin(request)


def _place_id(found: Found) -> UUID | None:
    """Where it will be said to be: where its object is, else the place that was chosen."""
    place = found.asset.place if found.asset else found.location
    return UUID(place.location_id) if place and place.location_id else None


def _requester_id(actor: Actor, command: Command) -> UUID:
    """Oneself, or whom one speaks for. A program has nobody of its own, so it names the person."""
    given: UUID | None = command["requester_id"]
    own = UUID(actor.person_id) if actor.person_id else None
    if given is not None and given != own and actor.kind != "program":
        actor.require(DIRECT)
    if command["priority"] is not None:
        actor.require(DIRECT)
    if command["answer"] is not None:
        actor.require("requests.answer")
    if given is None and own is None:
        raise _invalid("requester_id", "Say who reports this: requester_id.")
    return given or own  # type: ignore[return-value]


def _check(command: Command, found: Found, now: datetime) -> None:
    """What was named must exist."""
    if command["product_id"] and found.product is None:
        raise _invalid("product_id", "This product is not offered (any more). Choose another, or none.")
    if command["location_id"] and found.location is None:
        raise _invalid("location_id", "This location is not known. Choose another, or none.")
    if command["answer"] and command["answer"]["article_id"] and found.article_id is None:
        raise _invalid("answer.article_id", "This article is not published. Choose another, or none.")
    wanted: Wanted | None = command["wanted"]
    if wanted and wanted.last_moment < now:
        raise _invalid("wanted", "This moment has passed. Choose one in the future.")


def _requester(actor: Actor, requester_id: UUID, found: Found) -> Requester:
    """A person who signs in before intake heard of them is taken at their word; another must be known."""
    if found.requester is not None:
        return found.requester
    if actor.person_id != str(requester_id):
        raise _invalid("requester_id", "This person is not known. Save the person first.")
    return Requester(str(requester_id), actor.name or actor.id, language=actor.language)


def _request(
    work: IntakeWork, rules: Rules, command: Command, found: Found, requester: Requester, touched: Involved
) -> Request:
    product = found.product
    kind = command["kind"] or (product.kind if product else None)
    priority, grade, danger = weighed(work, rules, command, kind, product)
    lead_time = product.lead_time if product and not danger else None
    notify = command["notify"]
    text = command["text"]
    return Request(
        request_id=work.new_id(),
        number=found.number,
        reference=reference(found.number, work.now.astimezone(ZoneInfo(rules.zone))),
        channel=command["channel"],
        kind=kind,
        object=command["object"],
        priority=priority,
        grade=grade,
        danger=danger,
        summary=summary_of(text),
        text=text,
        received_at=work.now,
        promise=promised(rules, found.calendar, work.now, kind, priority, lead_time, command["wanted"]),
        requester=requester,
        requested_for=touched.requested_for,
        on_site=touched.on_site,
        cost_centre=touched.payer.cost_centre,
        customer_id=found.customer_id,
        notify=command["channel"] not in SPOKEN_CHANNELS if notify is None else notify,
        created_by={"kind": work.actor.kind, "id": work.actor.id, "name": work.actor.name},
        location=found.location,
        product=product.ref if product else None,
        answers=command["answers"],
        quantity=command["quantity"],
        wanted=command["wanted"],
    )


def _go_on(
    work: IntakeWork, rules: Rules, request: Request, command: Command, found: Found, budget_id: UUID | None,
    overruling: Overruling,
) -> Request | None:  # fmt: skip
    """Answers the other request when this one goes along with it."""
    product = found.product
    if command["answer"]:
        article_id = command["answer"]["article_id"]
        language = request.requester.language if request.requester else "nl"
        text = command["answer"]["text"] or work.lookups.article_body(article_id, language)
        request.give_answer(text, str(article_id) if article_id else None, work.now, work.by)
    elif command["follows"]:
        request.assess(work.now, work.by)
        return join_new(work, request, command["follows"])
    elif product and product.starts_for(command["kind"]):
        answers = check_answers(product.questions, command["answers"], work.actor.language)
        take_place(work, rules, request, product, answers, work.now, found.calendar, overruling)
        _start(work, rules, request, product, answers, budget_id)
    elif not send(work, rules, request):
        request.assess(work.now, work.by)
    return None


def _start(
    work: IntakeWork, rules: Rules, request: Request, product: Product, answers: dict[str, Any],
    budget_id: UUID | None,
) -> None:  # fmt: skip
    """At once, unless its budget holder must agree first; what has no price is estimated before that."""
    estimate = product.estimate(request.quantity, answers)
    if estimate is None and budget_id and request.priority != DANGER:
        request.assess(work.now, work.by)
        return
    approval = needed(work, rules, request, budget_id, estimate, None)
    if approval:
        request.submit(product.ref, answers, approval, work.now, work.by)
    else:
        request.accept(product.ref, answers, work.now, work.by)


def summary_of(text: str) -> str:
    """The first line with words in it, short enough for a list and a subject."""
    first = next((row.strip() for row in text.splitlines() if row.strip()), text.strip())
    return first if len(first) <= SUMMARY_LENGTH else first[: SUMMARY_LENGTH - 1].rstrip() + "…"


def _invalid(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
