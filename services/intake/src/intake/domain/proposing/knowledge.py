"""What is known about texts: the catalogue as it is published, and what the desk chose before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from intake.domain.products import EVERYBODY, Audience
from intake.domain.proposing.model import Guess, Label, Model
from intake.domain.proposing.phrases import PHRASES
from intake.domain.values import ProductRef

LANGUAGES = ("nl", "en")
# The labels of questions and choices are words around the matter, not the matter itself.
SAID, ASKED = 1.0, 0.3


@dataclass(frozen=True, slots=True)
class Offered:
    """A product on offer, as far as proposals go. `texts`: what is known of it, each with its weight."""

    ref: ProductRef
    kind: str
    category: Mapping[str, str]
    texts: tuple[tuple[str, float], ...]
    audience: Audience = EVERYBODY

    @classmethod
    def from_fact(cls, content: Mapping[str, Any]) -> Offered:
        """`content`: the data of catalog.product_published; of an older one parts may be missing."""
        ref = ProductRef(
            str(content["product_id"]), content["version"], content["slug"], dict(content["name"])
        )
        return cls(
            ref,
            content["kind"],
            content.get("category") or {},
            tuple(_texts(content)),
            Audience.from_fact(content.get("audience")),
        )

    @property
    def label(self) -> Label:
        return Label(self.kind, self.ref.product_id)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person of the desk made of a text."""

    text: str
    kind: str | None
    product_id: str | None


@dataclass(frozen=True, slots=True)
class Proposals:
    """At most three of each, the likeliest first; none where the words say too little."""

    kinds: list[Guess]
    products: list[tuple[Offered, Guess]]


class Knowledge:
    """Learns as it comes; what it knows depends on no order. Products that are no longer offered are not
    proposed, but the texts that were given them are remembered for when they come back.
    """

    def __init__(self) -> None:
        self._model = Model()
        self._offered: dict[str, Offered] = {}
        for kind, phrases in PHRASES.items():
            for phrase in phrases:
                self._model.learn(phrase, Label(kind, None))

    @property
    def versions(self) -> Mapping[str, int]:
        """Of the products that are offered."""
        return {product_id: offered.ref.version for product_id, offered in self._offered.items()}

    def offer(self, product: Offered) -> None:
        """In place of the version that was offered before."""
        self.take_back(product.ref.product_id)
        self._offered[product.ref.product_id] = product
        for text, weight in product.texts:
            self._model.learn(text, product.label, weight)

    def take_back(self, product_id: str) -> None:
        """It is not offered any more."""
        product = self._offered.pop(product_id, None)
        if product:
            for text, weight in product.texts:
                self._model.forget(text, product.label, weight)

    def on_offer(self, product_id: str) -> Offered | None:
        return self._offered.get(product_id)

    def learn(self, chosen: Chosen) -> None:
        self._model.learn(chosen.text, Label(chosen.kind, chosen.product_id))

    def forget(self, chosen: Chosen) -> None:
        """What was learnt before, and has been put right."""
        self._model.forget(chosen.text, Label(chosen.kind, chosen.product_id))

    def propose(self, text: str) -> Proposals:
        kinds, products = self._model.guess_each(text, (lambda label: label.kind, self._product_on_offer))
        return Proposals(kinds, [(self._offered[guess.what], guess) for guess in products])

    def _product_on_offer(self, label: Label) -> str | None:
        return label.product_id if label.product_id in self._offered else None


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    examples = content.get("examples") or {}
    for said in (content["name"], content.get("description"), *(examples.get("yes") or ())):
        yield from _each(said, SAID)
    for question in content.get("questions") or ():
        yield from _each(question["label"], ASKED)
        for choice in question.get("choices") or ():
            yield from _each(choice["label"], ASKED)


def _each(text: Mapping[str, str] | None, weight: float) -> Iterator[tuple[str, float]]:
    """A text that is the same in both languages was written in one."""
    written = {(text or {}).get(language) or "" for language in LANGUAGES} - {""}
    return ((each, weight) for each in sorted(written))
