"""The steps of the first ten minutes: who one is, what to do, what one will see, and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.demo import tour
from gateway.demo.tour import Seen
from gateway.pages.labels import _

SANNE, AMIRA, TOM = "sanne@meerwal.example", "amira@meerwal.example", "tom@meerwal.example"
KARIN, LARS = "karin@meerwal.example", "lars@meerwal.example"
VONK_VAL = "planning@vonk-val.example"
RADIATOR = "/report/heating-fault"
FIGURES = "/manage"
NEW_PRODUCT = "/manage/products/new"


@dataclass(frozen=True)
class As:
    """A button: become this person (nobody in particular when empty) and go there."""

    word: str
    login: str
    to: str


@dataclass(frozen=True)
class Step:
    title: str
    do: str
    see: str
    ways: tuple[As, ...]
    done: Callable[[Seen], bool]


def _reported(seen: Seen) -> bool:
    return any(request["channel"] == "site" for request in seen.requests)


def _called(seen: Seen) -> bool:
    return any(request["channel"] == "phone" for request in seen.requests)


def _any_order(test: Callable[[dict[str, object]], bool]) -> Callable[[Seen], bool]:
    return lambda seen: any(test(order) for order in seen.orders)


def _moved_and_breached(seen: Seen) -> bool:
    return seen.offset > seen.place.offset and seen.breached


def _came_back(seen: Seen) -> bool:
    return any(order.get("round", 1) > 1 for order in seen.orders)


STEPS: tuple[Step, ...] = (
    Step(
        _("Report a broken radiator"),
        _("You are Sanne, who sits in the cold in room 3.12. Report it on the service site."),
        _("A number, a promise, and who has it. Within seconds Vonk & Val accepts it, and soon it is done."),
        (As(_("Be Sanne and report"), SANNE, RADIATOR),),
        _reported,
    ),
    Step(
        _("Log a telephone call"),
        _(
            "You are Amira at the desk, and the telephone rings: Daan's lamp is broken. Type his name, "
            "the words, choose a product and save, without the mouse."
        ),
        _("His earlier reports while you type, products that fit, and a dossier when you save."),
        (As(_("Be Amira and take the call"), AMIRA, "/desk/new"),),
        _called,
    ),
    Step(
        _("Accept an order as the one who does the work"),
        _(
            "Put Vonk & Val on “by hand”, report another cold radiator as Sanne, and accept the order as "
            "Vonk & Val. Or be Tom of the Technische Dienst and accept the lamp."
        ),
        _(
            "The order arrives by itself in their list. Once you accept, the dossier and Sanne's page "
            "say so at once."
        ),
        (
            As(_("The suppliers' switches"), "", "/demo/suppliers"),
            As(_("Be Sanne and report"), SANNE, RADIATOR),
            As(_("Be Vonk & Val"), VONK_VAL, "/supplier"),
            As(_("Be Tom"), TOM, "/team"),
        ),
        _any_order(tour.by_hand),
    ),
    Step(
        _("Stop the supplier"),
        _("Stop the program of Vonk & Val, report a radiator once more, and look at the dossier as Amira."),
        _(
            "After some seconds the delivery fails, in red, with what went wrong and when it is tried "
            "again. After the last attempt it stands in the repair list."
        ),
        (
            As(_("The suppliers' switches"), "", "/demo/suppliers"),
            As(_("Be Sanne and report"), SANNE, RADIATOR),
            As(_("Be Amira and look"), AMIRA, "/desk"),
        ),
        _any_order(tour.was_undeliverable),
    ),
    Step(
        _("Start it again and deliver"),
        _(
            "Start the program, put it back on “accepts by itself”, and deliver the order again from the "
            "dossier or the repair list."
        ),
        _("The same order arrives once, under the same number, however often it was tried."),
        (
            As(_("The suppliers' switches"), "", "/demo/suppliers"),
            As(_("Be Amira and look"), AMIRA, "/desk"),
            As(_("The repair list"), AMIRA, "/desk/repair"),
        ),
        _any_order(tour.was_repaired),
    ),
    Step(
        _("Move the clock until a promise breaks"),
        _("Move the demo clock: an hour, a working day, a week. Look at Amira's queue between."),
        _(
            "First a warning, then the deadline passes: the request asks for attention, and its clocks "
            "can explain every minute."
        ),
        (As(_("The demo clock"), "", "/demo/clock"), As(_("Be Amira and look"), AMIRA, "/desk")),
        _moved_and_breached,
    ),
    Step(
        _("Report completion"),
        _("Be Tom, or Vonk & Val by hand, take an order that you accepted, and report that it is done."),
        _(
            "Executor done is not customer satisfied: the request is “ready, your word”, and a mail asks "
            "Sanne."
        ),
        (
            As(_("Be Tom"), TOM, "/team"),
            As(_("Be Vonk & Val"), VONK_VAL, "/supplier"),
            As(_("The mailbox"), "", "/demo/mailbox"),
        ),
        _any_order(tour.was_completed_by_hand),
    ),
    Step(
        _("Answer “it is not solved”"),
        _("You are Sanne. Open a request that is ready and say that it is not solved."),
        _(
            "It is taken up again: a new order, round two, for whoever did it; the clock of the first "
            "promise runs on."
        ),
        (As(_("Be Sanne and answer"), SANNE, "/requests"),),
        _came_back,
    ),
    Step(
        _("Publish a product"),
        _("You are Lars, who owns products. Make one, look at it, publish it, and order it as Sanne."),
        _("It is there at once, with its questions and its process, and nobody wrote code."),
        (As(_("Be Lars and make one"), LARS, NEW_PRODUCT), As(_("Be Sanne and order it"), SANNE, "/")),
        lambda seen: bool(seen.products),
    ),
    Step(
        _("See how the desk is doing"),
        _("You are Karin, who answers for it all. Open one page."),
        _("Flow, backlog, levels kept and the work that coordination costs. Every figure opens its list."),
        (As(_("Be Karin and look"), KARIN, FIGURES),),
        lambda seen: seen.place.looked,
    ),
)


def states(seen: Seen) -> list[bool]:
    return [step.done(seen) for step in STEPS]
