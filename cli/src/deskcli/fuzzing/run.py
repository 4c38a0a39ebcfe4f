"""The run: several callers at a time, each one operation as one role after another, until all is called."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from servicekit.clock import SystemClock

from deskcli.fuzzing.breeding import Brood
from deskcli.fuzzing.calls import JSON_TYPE, Call, Caller, with_version
from deskcli.fuzzing.checks import UNKNOWN, Exchange, faults
from deskcli.fuzzing.document import PROBLEM, Document, Operation
from deskcli.fuzzing.known import Known
from deskcli.fuzzing.people import NOBODY, People, Role
from deskcli.fuzzing.sending import Reply, Sender
from deskcli.fuzzing.sensible import Composer
from deskcli.fuzzing.tally import Tally

THREADS = 8
PERMITTED = 0.8  # of the calls come from somebody who may
URGENT = 0.35  # of the calls are tries to have done what was never done yet
TRIES = 60  # after so many in vain it is not urgent any more
LOOKS = 0.6  # of the changes come after a look at what is changed
AGAIN = 0.06  # of what was carried out is sent a second time under the same key
# Seconds long, or with great effect: not as often as the others.
SELDOM = {"switch_demo_supplier": 0.15, "advance_demo_clock": 0.3, "create_accounts": 0.5, "sign_in": 0.5}
# What is remembered of an answer: as which word, and from which field.
WORDS = {
    "sign_in": ("token", "token"),
    "make_calendar_address": ("calendar", "path"),
    "begin_report": ("code", "code"),
}
# What is remembered of the items of an answer: as which word, and from which field.
NAMED_WORDS = {
    "bring_files": ("receipt {role}", "receipt"),
    "read_mailbox": ("mail", "messageId"),
    "list_correction_causes": ("cause", "key"),
}


@dataclass
class Plan:
    """What is to be done. `roles` are the names of those who call."""

    calls: int
    seed: int
    roles: Sequence[str]


class Run:
    def __init__(self, document: Document, people: People, plan: Plan, brood: Brood, url: str) -> None:
        self.document = document
        self.people = people
        self.plan = plan
        self.brood = brood
        self.known = Known()
        self.tally = Tally()
        self._url = url
        self._now = SystemClock().now()
        self._left = plan.calls
        self._lock = threading.Lock()
        self._operations = list(document.operations.values())
        self._deck = [SELDOM.get(each.name, 1.0) for each in self._operations]

    def go(self) -> None:
        """Returns when all calls are made; raises what a caller stumbled over."""
        stumbled: list[BaseException] = []
        threads = [
            threading.Thread(target=self._live, args=(number, stumbled), name=f"fuzz {number}", daemon=True)
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if stumbled:
            raise stumbled[0]

    def _live(self, number: int, stumbled: list[BaseException]) -> None:
        chance = random.Random(f"{self.plan.seed} {number}")
        sender = Sender(self._url)
        try:
            if number == 0:
                self._look_around(sender)
            while self._take():
                self._once(chance, sender)
        except BaseException as error:
            stumbled.append(error)
            self._left = 0
        finally:
            sender.close()

    def _look_around(self, sender: Sender) -> None:
        """Every list, as every role that may see it: so that there is something to call about."""
        lists = [(each, target) for each in self._operations for target in each.lists]
        for role in (self.people.roles[name] for name in self.plan.roles):
            for operation, target in lists:
                if role.may(operation.permission) and self._take():
                    self._send(Call(operation, role.name, "sensible", target, {}, None, role.token), sender)

    def _take(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _caller(self, role: Role, chance: random.Random) -> Caller:
        composer = Composer(self.document, self.known, role.name, chance, self._now)
        return Caller(self.document, composer, self.brood, self.people.credentials)

    def _once(self, chance: random.Random, sender: Sender) -> None:
        operation, manner = self._choose(chance)
        role = self._who(operation, chance, bool(manner))
        caller = self._caller(role, chance)
        call = caller.call(operation, role.token, manner)
        if operation.versioned and chance.random() < LOOKS:
            call = self._after_a_look(caller, call, role, sender)
        reply = self._send(call, sender)
        key = call.headers.get("Idempotency-Key")
        if key and 200 <= reply.status < 300 and chance.random() < AGAIN and self._take():
            self._again(call, reply, sender)

    def _choose(self, chance: random.Random) -> tuple[Operation, str]:
        """The operation and the manner; a sensible try for what was never done yet."""
        urgent = self.tally.unreached(self._operations, TRIES) if chance.random() < URGENT else []
        if urgent:
            return chance.choice(urgent), "sensible"
        return chance.choices(self._operations, self._deck)[0], ""

    def _who(self, operation: Operation, chance: random.Random, careful: bool) -> Role:
        roles = [self.people.roles[name] for name in self.plan.roles]
        if careful or chance.random() < PERMITTED:
            roles = [role for role in roles if role.may(operation.permission)] or roles
        return chance.choice(roles)

    def _after_a_look(self, caller: Caller, call: Call, role: Role, sender: Sender) -> Call:
        look = caller.look(call.operation, call, role.token)
        if look is None or not self._take():
            return call
        reply = self._send(look, sender)
        tag = reply.headers.get("etag", "")
        return with_version(call, tag) if reply.status == 200 and tag else call

    def _send(self, call: Call, sender: Sender) -> Reply:
        reply = sender.send(call)
        role = self.people.roles[call.role]
        own = call.token == role.token
        exchange = Exchange(call, reply, self.document, role.permissions if own else UNKNOWN)
        self.tally.count(call, reply.status)
        for what in faults(exchange):
            self.tally.find(call, what, reply.headers.get("x-correlation-id", ""))
        if exchange.good and reply.headers.get("content-type", "") == JSON_TYPE:
            self._learn(call, exchange)
        elif call.manner == "sensible" and reply.headers.get("content-type", "") == PROBLEM:
            self.tally.refuse(call, exchange.value)
        if reply.status == 401 and own and role.name != NOBODY and call.operation.permission:
            self._renew(call, role)
        return reply

    def _learn(self, call: Call, exchange: Exchange) -> None:
        self.known.learn(call.role, exchange.value)
        if isinstance(exchange.value, dict):
            if cursor := exchange.value.get("nextCursor"):
                self.known.keep("cursor", str(cursor))
            if call.operation.name in WORDS:
                word, field = WORDS[call.operation.name]
                self.known.keep(word, str(exchange.value.get(field)))
            items = exchange.value.get("items", [])
            for item in items if call.operation.name in NAMED_WORDS else ():
                word, field = NAMED_WORDS[call.operation.name]
                self.known.keep(word.format(role=call.role), str(item.get(field)))

    def _renew(self, call: Call, role: Role) -> None:
        """Nobody here ends their own session, so nobody else should have."""
        self.tally.find(call, "the caller was signed out", "")
        self.people.renew(role, call.token)

    def _again(self, call: Call, before: Reply, sender: Sender) -> None:
        reply = self._send(call, sender)
        if reply.status != before.status:
            what = f"the same key again gave {reply.status} after {before.status}"
        elif json.loads(reply.body) != json.loads(before.body):
            what = "the same key again gave another answer"
        else:
            return
        self.tally.find(call, what, reply.headers.get("x-correlation-id", ""))
