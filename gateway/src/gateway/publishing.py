"""Whether those whom a product's steps name exist, asked where they live: the catalogue knows no providers.

Publishing by a person is refused for one that does not. A file, or a program that publishes, may come
before the providers do: that is taken, and said with the answer and on the product's page.
"""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid, Unavailable

from gateway.clients import Json, Services

# As the catalogue words its own, and translated with those.
REFUSED = "This product can't be published yet. Put right what is listed per field."
NOBODY = "There is no team or supplier '%(slug)s'. Choose one that exists, or make it first."
TOO_LONG = "The process takes longer than is promised. Promise more time, or give the steps less."

Fields = dict[str, list[str]]


def named(content: Json) -> dict[str, str]:
    """The slugs of providers that steps name, per field. A role is given when the turn of its step comes."""
    return {
        f"process.steps.{at}.provider": step["provider"]
        for at, step in enumerate((content.get("process") or {}).get("steps") or ())
        if step.get("provider") and not step.get("role")
    }


def unknown_providers(services: Services, content: Json) -> Fields:
    """Per field of a step that nobody would get."""
    wanted = named(content)
    if not wanted:
        return {}
    known = {each["slug"] for each in services.dispatch.list_providers()["items"]}
    return {field: [NOBODY % {"slug": slug}] for field, slug in wanted.items() if slug not in known}


def looked_at(services: Services, draft: Json) -> Json:
    """The draft, with the catalogue's problems and these. While nobody knows who there is, without these."""
    try:
        unknown = unknown_providers(services, draft["content"])
    except Unavailable:
        unknown = {}
    return {**draft, "problems": _together(draft["problems"], unknown), "warnings": _too_long(draft)}


def may_go_out(services: Services, product_id: str, revision: int) -> Fields:
    """What the draft's author should know when it is published. Raises Invalid for a step that nobody gets;
    that somebody changed the draft meanwhile, or published another version, is the catalogue's to say.
    """
    draft = services.catalog.get_draft(product_id)
    if draft["version"] != revision or draft["current_version"] != draft["base_version"]:
        return {}
    if unknown := unknown_providers(services, draft["content"]):
        raise Invalid("content_refused", REFUSED, _together(draft["problems"], unknown))
    return _too_long(draft)


def publish(services: Services, product_id: str, revision: int) -> Json:
    warnings = may_go_out(services, product_id, revision)
    return {**services.catalog.publish_draft(product_id, revision), "warnings": warnings}


def schedule(services: Services, product_id: str, revision: int, publish_at: Any) -> Json:
    may_go_out(services, product_id, revision)
    return looked_at(services, services.catalog.schedule_draft(product_id, revision, publish_at))


def publish_outright(services: Services, content: Json) -> Json:
    """As a seed or a program does, which may make the providers later."""
    published = services.catalog.publish_product(**content)
    try:
        unknown = unknown_providers(services, content)
    except Unavailable:
        unknown = {}
    return {**published, "warnings": unknown}


def _too_long(draft: Json) -> Fields:
    return {"lead_time": [TOO_LONG]} if (draft.get("critical_path") or {}).get("too_long") else {}


def _together(*found: Fields) -> Fields:
    together: Fields = {}
    for fields in found:
        for field, texts in fields.items():
            together[field] = [*together.get(field, ()), *texts]
    return together
