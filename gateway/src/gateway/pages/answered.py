"""What a requester answered to the questions of a product, in the words of whoever reads it."""

from __future__ import annotations

from typing import Any

from servicekit.actor import service_actor
from servicekit.errors import ServiceError

from gateway.clients import Json
from gateway.pages.acting import as_actor
from gateway.pages.visit import Visit


def answers_in_words(visit: Visit, thing: Json) -> list[tuple[str, Any]]:
    """The answers of a request or work order beside the questions as they were put. Who reads them need not
    be allowed to read the catalogue: the gateway looks the words up itself.
    """
    answers = thing.get("answers") or {}
    product = thing.get("product") or {}
    if not answers or not product.get("product_id"):
        return [(key, value) for key, value in answers.items()]
    own = as_actor(visit, service_actor("gateway"))
    try:
        found = own.catalog.get_product(product["product_id"], version=product.get("version"))
    except ServiceError:
        found = {}
    questions = {question["key"]: question for question in found.get("questions") or []}
    return [_in_words(visit, questions.get(key), key, value) for key, value in answers.items()]


def _in_words(visit: Visit, question: Json | None, key: str, value: Any) -> tuple[str, Any]:
    if question is None:
        return key, value
    choices = {choice["value"]: choice["label"] for choice in question.get("choices") or []}
    label = choices.get(value) if isinstance(value, str) else None
    return visit.words.of(question["label"]), visit.words.of(label) if label else value
