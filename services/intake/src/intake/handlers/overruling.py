"""The desk lets one request pass a rule of its product, and says why. Its requester can't.

Who it is for, and until when it may be ordered, can be let go of; what there is of it at once can't.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from servicekit.errors import Invalid

from intake.domain.products import Product
from intake.domain.requests import Request
from intake.domain.values import ProductRef
from intake.handlers.access import DIRECT
from intake.storage.unit_of_work import IntakeWork

# Code of the refusal -> the rule that is let go of, as the deviation is called.
RULES: Mapping[str, str] = {"not_offered": "outside_audience", "ordered_too_late": "ordered_late"}


class Overruling:
    """`reason` is None of whoever overrules nothing. Raises Forbidden for who may not."""

    def __init__(self, work: IntakeWork, reason: str | None) -> None:
        if reason is not None:
            work.actor.require(DIRECT)
        self._work, self._reason = work, reason
        self._rules: list[str] = []

    @property
    def rules(self) -> tuple[str, ...]:
        """That stood in the way, and were let go of."""
        return tuple(self._rules)

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """A refusal in here that may be overruled is, when there is a reason."""
        try:
            yield
        except Invalid as refused:
            if self._reason is None or refused.code not in RULES:
                raise
            self._rules.append(RULES[refused.code])

    def note(self, request: Request, product: Product | None) -> None:
        """On the request, and told: the deviation belongs to the regular process. A reason without a rule
        that stood in the way is nothing.
        """
        assert product is not None or not self._rules
        overruled(self._work, request, self.rules, self._reason, product.ref if product else None)


def overruled(
    work: IntakeWork, request: Request, rules: Iterable[str], reason: str | None,
    product: ProductRef | None = None,
) -> None:  # fmt: skip
    """`product`: of which the rules are, else that of the request."""
    for rule in rules:
        ref = product or request.product
        assert ref is not None
        request.overrule(rule, reason or "", ref, work.now, work.by)
