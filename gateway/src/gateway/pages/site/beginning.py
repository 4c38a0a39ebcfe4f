"""To go on by phone or at the counter: what is typed so far is kept under a short code for the desk.

For everybody, signed in or not; and it need not be right yet, nor have a place.
"""

from __future__ import annotations

import hashlib

from servicekit.errors import NotFound, ServiceError

from gateway.accounts.sign_in import network_of
from gateway.clients import Json
from gateway.pages import errors
from gateway.pages.attaching import attached
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site import reporting
from gateway.pages.site.products import product_of
from gateway.pages.site.scanning import scanned
from gateway.pages.site.visitors import public_services
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/begun"
# What the form says about itself, not what is typed in it.
LEFT_OUT = ("find", "attachments")


@pages.post(PATH, PUBLIC, takes_files=True)
def keep(visit: Visit) -> Outcome:
    """Keep what is typed, and show the code. It is in no address, so that no history shows it."""
    which = visit.query.text("product")
    product = product_of(visit, which) if which else None
    try:
        files = attached(visit, visit.actor.id) if visit.signed_in else []
        kept = public_services(visit).intake.begin_report(
            _filled(visit, product), attachments=files, origin=_origin(visit)
        )
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return reporting.form(visit, product, visit.form.said(), errors.status_of(visit, error), problem)
    return visit.show("site/begun.html", kept=kept, product=product)


def _filled(visit: Visit, product: Json | None) -> dict[str, str]:
    said = {
        name: text
        for name, text in visit.form.said().items()
        if text.strip() and name not in LEFT_OUT and not name.startswith("proposed.")
    }
    if sticker := scanned(visit, said):
        asset = sticker["asset"]
        said |= {"asset_id": str(asset["asset_id"]), "location_id": str(asset["location"]["location_id"])}
    return {**said, "product_id": str(product["product_id"])} if product else said


def _origin(visit: Visit) -> str | None:
    """Whence somebody comes who did not sign in; nobody can tell the address from it. Who has one address of
    IPv6 has a whole network of them, and counts once.
    """
    if visit.signed_in:
        return None
    secret = visit.house.settings.actor_secret
    return hashlib.blake2b(
        network_of(visit.address).encode(), key=secret.encode()[:64], digest_size=16
    ).hexdigest()
