"""A product that is not for this requester's group or place is not theirs to ask for; who tries hears why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from servicekit.errors import Invalid

from intake.domain.products import Audience, Product
from intake.domain.values import Requester
from intake.storage.unit_of_work import IntakeWork

OTHER_GROUP: Mapping[str, str] = {
    "nl": "Dit product is er alleen voor: {names}. {who} hoort daar niet bij. "
    "Meld het zonder product, dan beoordeelt de servicedesk het.",
    "en": "This product is only for: {names}. {who} does not belong there. "
    "Report it without a product, and the desk assesses it.",
}
OTHER_PLACE: Mapping[str, str] = {
    "nl": "Dit product is er alleen in: {names}. De gekozen plek ligt daar niet in. "
    "Kies een andere plek, of meld het zonder product.",
    "en": "This product is only there in: {names}. The chosen place does not lie in it. "
    "Choose another place, or report it without a product.",
}


def check_offered(
    work: IntakeWork, product: Product, kind: str | None, requester: Requester, location_id: UUID | None
) -> None:
    """Raises Invalid with the reason. Without a place it is about where the requester usually is."""
    if product.is_only_about(kind):
        return
    audience = product.audience
    if not audience.has_group(requester.department, _customer(work, audience, requester)):
        raise _not_offered(work, OTHER_GROUP, audience.groups, requester)
    if audience.locations and not audience.has_place(_place(work, requester, location_id)):
        names = [row.name if (row := work.locations.by_key(key)) else key for key in audience.locations]
        raise _not_offered(work, OTHER_PLACE, names, requester)


def _customer(work: IntakeWork, audience: Audience, requester: Requester) -> str | None:
    """Asked for only where it matters."""
    person = work.relations.person(UUID(requester.person_id)) if audience.customers else None
    return person.customer if person else None


def _place(work: IntakeWork, requester: Requester, location_id: UUID | None) -> list[str]:
    if location_id:
        return work.locations.lineage(location_id=location_id)
    person = work.relations.person(UUID(requester.person_id))
    return work.locations.lineage(key=person.location_key) if person and person.location_key else []


def _not_offered(
    work: IntakeWork, texts: Mapping[str, str], names: Collection[str], requester: Requester
) -> Invalid:
    text = texts.get(work.actor.language, texts["en"]).format(names=", ".join(names), who=requester.name)
    return Invalid("not_offered", text, {"product_id": [text]})
