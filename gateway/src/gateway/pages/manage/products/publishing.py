"""Letting a draft out: now, or by itself on a date; throwing it away; taking a product from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from servicekit.errors import Invalid, NotFound, ServiceError

from gateway import publishing as going_out
from gateway.clients import Json
from gateway.pages import errors
from gateway.pages.labels import _
from gateway.pages.manage.products.editing import DRAFT, show
from gateway.pages.manage.products.problem_words import all_in_words
from gateway.pages.manage.products.reading import PATH, draft_of, show_product
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.post(f"{DRAFT}/publish", "catalog.publish")
def publish(visit: Visit, product_id: str) -> Outcome:
    """Publish it now."""

    def act() -> Json:
        return going_out.publish(visit.services, product_id, visit.version)

    return _done(visit, product_id, act, "", _("Published. New requests use this version from now on."))


@pages.post(f"{DRAFT}/schedule", "catalog.publish")
def schedule(visit: Visit, product_id: str) -> Outcome:
    """Let it be published by itself, at a moment on the organisation's clock."""

    def act() -> Json:
        return going_out.schedule(visit.services, product_id, visit.version, moment(visit))

    return _done(visit, product_id, act, "/draft", _("Planned. It is published by itself."))


@pages.post(f"{DRAFT}/unschedule", "catalog.publish")
def unschedule(visit: Visit, product_id: str) -> Outcome:
    """Take it off the calendar."""

    def act() -> Json:
        return visit.services.catalog.unschedule_draft(product_id, visit.version)

    return _done(visit, product_id, act, "/draft", _("Taken off the calendar."))


@pages.post(f"{DRAFT}/follow", "catalog.publish")
def follow(visit: Visit, product_id: str) -> Outcome:
    """Go on with the draft after another version was published."""

    def act() -> Json:
        return visit.services.catalog.follow_draft(product_id, visit.version)

    return _done(visit, product_id, act, "/draft", _("The draft now follows the newest version."))


@pages.post(f"{DRAFT}/discard", "catalog.publish")
def discard(visit: Visit, product_id: str) -> Outcome:
    """Throw the draft away."""
    fresh = visit.services.catalog.get_draft(product_id)["base_version"] is None

    def act() -> Json:
        return visit.services.catalog.discard_draft(product_id, visit.version)

    return _done(visit, product_id, act, None if fresh else "", _("The draft is thrown away."))


@pages.post(f"{PATH}/withdraw", "catalog.publish")
def withdraw(visit: Visit, product_id: str) -> Outcome:
    """Take it from the catalogue; what runs goes on."""
    visit.services.catalog.withdraw_product(product_id, visit.version)
    said = _("Taken from the catalogue. Requests that run keep going.")
    return visit.go(f"/manage/products/{product_id}", said)


@pages.post(f"{PATH}/withdraw-on", "catalog.publish")
def withdraw_on(visit: Visit, product_id: str) -> Outcome:
    """Let it be taken from the catalogue by itself, at a moment on the organisation's clock."""
    try:
        at = moment(visit, "withdraw_at")
        visit.services.catalog.plan_product_withdrawal(product_id, visit.version, at)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": all_in_words(visit.words, error.errors)}
        found = visit.services.catalog.get_product(product_id)
        draft = draft_of(visit, product_id)
        return show_product(visit, found, draft, errors.status_of(visit, error), problem)
    said = _("Planned. It is taken from the catalogue by itself.")
    return visit.go(f"/manage/products/{product_id}", said)


@pages.post(f"{PATH}/keep", "catalog.publish")
def keep(visit: Visit, product_id: str) -> Outcome:
    """It stays after all."""
    visit.services.catalog.plan_product_withdrawal(product_id, visit.version, None)
    return visit.go(f"/manage/products/{product_id}", _("Taken off the calendar."))


def _done(visit: Visit, product_id: str, act: Callable[[], Json], to: str | None, said: str) -> Outcome:
    try:
        act()
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": all_in_words(visit.words, error.errors)}
        draft = visit.services.catalog.get_draft(product_id)
        return show(visit, draft, errors.status_of(visit, error), problem)
    return visit.go("/manage/products" if to is None else f"/manage/products/{product_id}{to}", said)


def moment(visit: Visit, name: str = "publish_at") -> datetime:
    """What was filled in, on the organisation's clock. Raises Invalid."""
    try:
        at = datetime.fromisoformat(visit.form.text(name) or "")
    except ValueError:
        text = _("Write a day and a time.")
        raise Invalid("invalid", text, {name: [text]}) from None
    return at.replace(tzinfo=visit.moments.zone)
