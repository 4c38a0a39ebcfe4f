"""About products and articles: steps and questions that hold together, a file of the whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from deskcli.fuzzing.document import Json
from deskcli.fuzzing.sensible import Composer


def _steps(body: Json, composer: Composer) -> Json:
    """Steps with keys of their own, each after the one before; questions with keys and choices that fit."""
    for number, step in enumerate((body.get("process") or {}).get("steps", [])):
        step["key"] = f"step-{number}"
        step["dependsOn"] = [f"step-{number - 1}"] if number else []
        step["provider"] = composer.slug_of("providerId", "technische-dienst")
    body.pop("audience", None)
    for number, question in enumerate(body.get("questions") or []):
        question.pop("askedIf", None)
        question["key"] = f"question-{number}"
        if question["type"] != "choice":
            question.pop("choices", None)
        elif not question.get("choices"):
            question["choices"] = [{"value": "yes", "label": {"nl": "Ja", "en": "Yes"}}]
    body.pop("package", None)  # what the price implies
    price = body.get("price")
    if price and price["kind"] in ("none", "quote"):
        body["price"] = {"kind": price["kind"]}
    return body


def _soon(_body: Json, composer: Composer) -> Json:
    return {"publishAt": composer.in_days(composer.chance.randint(1, 20)).isoformat()}


def _looked_at(_body: Json, composer: Composer) -> Json:
    """What was seen of the file, in the way that it was seen in."""
    found = composer.known.thing("fileId", composer.chance, composer.role)
    seen = found[1] if found else {}
    return {"way": seen.get("way", "drafts"), "lookedAt": str(seen.get("fingerprint", "x"))}


def file(composer: Composer) -> tuple[str, str, bytes]:
    """A catalogue of one article: the same few again and again."""
    number = composer.chance.randrange(5)
    words = {"nl": f"Gemaakt {number}", "en": f"Made {number}"}
    article = {"slug": f"made-{number}", "title": words, "body": words, "products": []}
    content = {"format": 1, "products": [], "articles": [article]}
    return "catalogue.json", "application/json", json.dumps(content).encode()


AMENDMENTS: Mapping[str, Callable[[Json, Composer], Json]] = {
    "publish_product": _steps,
    "start_new_draft": _steps,
    "save_draft": _steps,
    "schedule_draft": _soon,
    "carry_out_catalogue_file": _looked_at,
}
