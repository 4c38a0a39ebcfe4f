"""Histories of the real use cases: every command and every fact, in the order in which it all happened."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid5

from servicekit.ids import new_id
from servicekit.messages import Message

from servicekit import json

from .town import AMIRA, ANSWERS, PRODUCT, Member, as_message, confidant, karin, sanne

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMESPACE = new_id()


@dataclass(frozen=True)
class Told:
    """A fact that was published."""

    message: Message

    @property
    def request(self) -> str | None:
        return self.message.data.get("request_id")


@dataclass(frozen=True)
class Done:
    """A command that was carried out: `what` with `more` on the `request`, as its history calls it."""

    service: str
    what: str
    request: str
    more: dict[str, Any] = field(default_factory=dict)


Step = Told | Done


class Playing:
    """Carries commands out and facts around, at once and in order, and writes down what happened."""

    def __init__(self, members: dict[str, Member]) -> None:
        self.members = members
        self.history: list[Step] = []
        self.now = MONDAY
        self._sent = dict.fromkeys(members, 0)
        for member in members.values():
            member.begin()
        self._publish("catalog.product_published", PRODUCT)
        self._carry()

    def receive(self, **command: Any) -> str:
        made = do_in_intake(self.members["intake"], "receive", None, self.now, command)
        self._note(Done("intake", "receive", made["request_id"], command))
        return str(made["request_id"])

    def intake(self, what: str, request: str, /, **more: Any) -> None:
        do_in_intake(self.members["intake"], what, request, self.now, more)
        self._note(Done("intake", what, request, more))

    def orders(self, request: str, *actions: str) -> None:
        """Each action on every order of the request that is still open, one order after the other."""
        dispatch = self.members["dispatch"]
        while open_orders := _open_orders(dispatch, request):
            for action in actions:
                do_in_dispatch(dispatch, open_orders[0], action, self.now)
                self._note(Done("dispatch", action, request, {"number": open_orders[0]}))

    def first_order(self, request: str, action: str) -> None:
        number = _open_orders(self.members["dispatch"], request)[0]
        do_in_dispatch(self.members["dispatch"], number, action, self.now)
        self._note(Done("dispatch", action, request, {"number": number}))

    def deadlines_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.members["monitoring"].kind.service.look_at_deadlines(
            self.members["monitoring"]._service(lambda: self.members["monitoring"].work(None, self.now))
        )
        self._carry()

    def _publish(self, event: str, data: dict[str, Any]) -> None:
        message = Message(str(uuid5(NAMESPACE, event)), event, 1, self.now, data, "test")
        self._tell(message)

    def _note(self, done: Done) -> None:
        self.now += timedelta(minutes=7)
        self.history.append(done)
        self._carry()

    def _carry(self) -> None:
        waiting = deque(self._new())
        while waiting:
            self._tell(waiting.popleft())
            waiting.extend(self._new())

    def _tell(self, message: Message) -> None:
        self.history.append(Told(message))
        for member in self.members.values():
            if message.type in member.kind.listens:
                member.hear(message, self.now)

    def _new(self) -> list[Message]:
        found = []
        for name, member in self.members.items():
            rows = member.rows(f"SELECT * FROM outbox WHERE id > {self._sent[name]} ORDER BY id")
            if rows:
                self._sent[name] = rows[-1]["id"]
            facts = [row for row in rows if not row["headers"].get("signal")]
            found += [as_message({**row, "data": json.loads(row["data"])}) for row in facts]
        return sorted(found, key=lambda message: message.message_id)


def do_in_intake(
    intake: Member, what: str, request: str | None, now: datetime, more: dict[str, Any]
) -> dict[str, Any]:
    """`what` as the desk or the requester does it; answers the request."""
    method, by = IN_INTAKE[what](intake)
    given = dict(more)
    if request is not None:
        given["request_id"] = request
        if what != "reply":
            given["version"] = intake.call("get_request", AMIRA, now, request_id=request)["version"]
    answer: dict[str, Any] = intake.call(method, by, now, **given)
    return answer


IN_INTAKE = {
    "receive": lambda intake: ("receive_request", sanne(intake)),
    "triage": lambda _: ("triage_request", AMIRA),
    "answer": lambda _: ("answer_request", AMIRA),
    "ask": lambda _: ("ask_requester", AMIRA),
    "promise": lambda _: ("make_promise", AMIRA),
    "inform": lambda _: ("post_update", AMIRA),
    "weigh": lambda _: ("set_priority", AMIRA),
    "reply": lambda intake: ("reply_to_desk", sanne(intake)),
    "confirm": lambda intake: ("confirm_request", sanne(intake)),
    "reopen": lambda intake: ("reopen_request", sanne(intake)),
    "withdraw": lambda intake: ("withdraw_request", sanne(intake)),
    "decide": lambda intake: ("decide_approval", karin(intake)),
    "correct": lambda _: ("correct_request", AMIRA),
    "confide": lambda intake: ("confide_request", confidant(intake)),
}


def do_in_dispatch(dispatch: Member, number: str, action: str, now: datetime) -> None:
    """Completed with every point of its checklist; proposed for a morning in January; more than the desk
    itself may agree to.
    """
    (order,) = dispatch.rows(f"SELECT work_order_id, checklist FROM work_orders WHERE number = '{number}'")
    points = list(range(len(order["checklist"] or ())))
    more: dict[str, Any] = {"checklist": points} if action == "complete" and points else {}
    if action == "propose":
        more = {"windows": [JANUARY_MORNING]}
    if action == "ask_extra":
        more = {"amount_cents": 60_000, "reason": "De poot is ook gebroken."}
    dispatch.call(
        "act_on_work_order", AMIRA, now, work_order_id=order["work_order_id"], action=action, **more
    )


def _open_orders(dispatch: Member, request: str) -> list[str]:
    rows = dispatch.rows(
        f"SELECT number FROM work_orders WHERE request_id = '{request}' AND state IN ('issued', 'accepted')"
        " ORDER BY number"
    )
    return [row["number"] for row in rows]


# Commands are played again at the end of the year.
IN_JANUARY = "2027-01-08T15:00:00+00:00"
JANUARY_MORNING = {"from": "2027-01-11T08:00:00+00:00", "until": "2027-01-11T11:00:00+00:00"}
TEXT = {"text": "De stoel is kapot", "channel": "site"}
STANDARD = {**TEXT, "product_id": PRODUCT["product_id"], "answers": ANSWERS}


def play(members: dict[str, Member]) -> list[Step]:
    """Seven requests: done again after a complaint, withdrawn half-way, answered at the desk, approved, one
    whose executor proposes a moment, one that is confidential from half-way, and one that takes more work.
    """
    playing = Playing(members)
    first = playing.receive(**STANDARD)
    second = playing.receive(**TEXT)
    third = playing.receive(**TEXT)
    fourth = playing.receive(**TEXT)
    fifth = playing.receive(**STANDARD)
    sixth = playing.receive(**STANDARD)
    seventh = playing.receive(**STANDARD)
    playing.first_order(fifth, "accept")
    playing.first_order(fifth, "propose")
    playing.first_order(sixth, "accept")
    playing.intake("confide", sixth, reader_ids=[])
    playing.first_order(seventh, "accept")
    playing.first_order(seventh, "ask_extra")
    playing.intake("decide", seventh, approved=True)
    dear = {"ask": True, "estimate_cents": 95_000}
    playing.intake("triage", fourth, product_id=PRODUCT["product_id"], answers=ANSWERS, approval=dear)
    playing.intake("decide", fourth, approved=True)
    playing.orders(first, "accept", "complete", "check")
    playing.intake("reopen", first, reason="Nog steeds kapot.")
    playing.intake("triage", second, product_id=PRODUCT["product_id"], answers=ANSWERS)
    playing.intake("weigh", second, priority="P2", reason="De hele vergaderzaal wacht.")
    playing.intake("inform", second, text="De meubelmaker kijkt ernaar.", reach="requester")
    playing.intake("promise", second, until=IN_JANUARY, text="In januari weten we meer.")
    playing.intake("ask", second, question="Welke stoel?")
    playing.deadlines_pass(hours=30)
    playing.intake("reply", second, text="Die bij het raam")
    playing.intake("answer", third, text="Die staat in de kelder.")
    playing.orders(first, "accept", "complete", "check")
    playing.intake("withdraw", second, reason="Niet meer nodig")
    playing.intake("confirm", first)
    playing.intake("reopen", third, reason="Niet gevonden")
    return playing.history
