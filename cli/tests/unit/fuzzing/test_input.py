"""What is sent: sensible where it is meant to be, broken where it is not, and the same for the same seed."""

from __future__ import annotations

import copy
import json
import random
from datetime import UTC, datetime
from typing import Any

import jsonschema_rs
from deskcli.fuzzing.breeding import Brood
from deskcli.fuzzing.calls import Call, Caller
from deskcli.fuzzing.checks import TOO_SLOW
from deskcli.fuzzing.document import Document
from deskcli.fuzzing.known import Known
from deskcli.fuzzing.mutations import mutated
from deskcli.fuzzing.sensible import Composer
from deskcli.fuzzing.tally import Tally, curl

from .samples import LAMP, RAW, document

LIGHT = "light_lamp"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def caller(seed: int = 1, known: Known | None = None, role: str = "agent") -> Caller:
    said = document()
    composer = Composer(said, known or Known(), role, random.Random(seed), NOW)
    return Caller(said, composer, Brood(), {"email": "a@b.example", "password": "secret"})


def calls(manner: str, count: int = 60, **details: Any) -> list[Call]:
    maker = caller(**details)
    return [maker.call(maker.document.operations[LIGHT], "token", manner) for _ in range(count)]


def test_sensible_input_fits_the_schema() -> None:
    schema = {**RAW["components"]["schemas"]["Light"], "components": RAW["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)

    for call in calls("sensible"):
        validator.validate(json.loads(call.body or b""))


def test_most_input_that_was_changed_does_not() -> None:
    said = document()
    schema = {**said.resolve(said.operations[LIGHT].body or {}), "components": RAW["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    valid = [validator.is_valid(json.loads(call.body or b"")) for call in calls("mutated")]

    assert 0 < sum(valid) < len(valid) / 2


def test_an_id_that_is_no_id_is_not_the_address_of_another_operation() -> None:
    """Its answer would be held against the wrong schema."""
    raw = copy.deepcopy(RAW)
    raw["paths"]["/v1/lamps/me"] = {"get": {"operationId": "get_my_lamp", "responses": {}}}
    maker = caller()
    maker.document = Document(raw)
    read = maker.document.operations["get_lamp"]
    targets = {maker.call(read, "token", "mutated").target.partition("?")[0] for _ in range(400)}

    assert "/v1/lamps/current" in targets
    assert "/v1/lamps/me" not in targets


def test_the_same_seed_makes_the_same_input() -> None:
    bodies = [[call.body for call in calls("mutated", seed=seed)] for seed in (7, 7, 8)]

    assert bodies[0] == bodies[1]
    assert bodies[0] != bodies[2]


def test_a_mutation_leaves_what_it_was_made_of_alone() -> None:
    value = {"colour": "red", "until": None, "lampIds": [LAMP]}
    kept, chance = copy.deepcopy(value), random.Random(3)
    made = [json.dumps(mutated(value, chance), sort_keys=True) for _ in range(200)]

    assert value == kept
    assert len(set(made)) > 100


def test_what_an_answer_told_is_called_about_in_its_version() -> None:
    known = Known()
    known.learn(
        "agent", {"items": [{"lampId": "other"}, {"requestId": LAMP, "version": 4, "state": "ready"}]}
    )

    assert known.thing("requestId", random.Random(1), "agent") == (LAMP, {"version": 4, "state": "ready"})
    assert known.thing("requestId", random.Random(1), "team") == (LAMP, {"version": 4, "state": "ready"})
    assert known.thing("requestId", random.Random(1), fits=lambda thing: thing["state"] == "closed") is None


def test_a_thing_that_names_others_is_known_by_its_own_id() -> None:
    known = Known()
    known.learn(
        "agent", {"workOrderId": LAMP, "requestId": "of-another", "version": 2, "actions": ["accept"]}
    )

    assert known.seen("agent", "workOrderId", LAMP) == {"version": 2, "actions": ["accept"]}
    assert known.thing("requestId", random.Random(1)) is None


def test_the_line_for_the_shell_has_all_of_the_call_but_the_token() -> None:
    (call,) = calls("sensible", count=1)
    line = curl(call)

    assert line.startswith("curl -sS -i -X POST")
    assert f"/v1/lamps/{call.target.split('/')[3]}/light" in line
    assert (call.body or b"").decode() in line
    assert '"Authorization: Bearer $TOKEN"' in line


def test_the_same_fault_is_told_once_and_counted() -> None:
    tally, made = Tally(), calls("broken", count=3)
    for call in made:
        tally.count(call, 500)
        tally.find(call, "500 fault", "trace")

    ((finding),) = tally.findings.values()
    assert (finding.count, finding.curl) == (3, curl(made[0]))
    assert tally.unreached(document().operations.values()) == list(document().operations.values())


def test_an_operation_that_was_slow_once_met_a_busy_machine_and_twice_is_a_fault() -> None:
    tally, (first, second, other) = Tally(), calls("broken", count=3)
    tally.find(other, "500 fault", "trace")
    tally.find(first, TOO_SLOW, "trace")
    assert [each.what for each in tally.wrong()] == ["500 fault"]
    tally.find(second, TOO_SLOW, "trace")
    assert [each.what for each in tally.wrong()] == ["500 fault", TOO_SLOW]


def test_a_thing_is_looked_at_before_it_is_changed() -> None:
    maker = caller()
    call = maker.call(maker.document.operations[LIGHT], "token", "sensible")
    look = maker.look(call.operation, call, "token")

    assert look is not None
    assert (look.operation.name, look.target) == ("get_lamp", call.target.removesuffix("/light"))


def test_a_document_says_what_an_operation_is_about() -> None:
    said: Document = document()

    assert said.operations[LIGHT].subject == "/v1/lamps/{lampId}"
    assert (said.operations[LIGHT].versioned, said.operations[LIGHT].success) == (True, 204)
