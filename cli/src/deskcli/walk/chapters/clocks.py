"""Clocks: started, paused while we wait for the customer, resumed, warned, breached, and explained."""

from __future__ import annotations

from typing import Any

from deskcli.walk.failures import expect
from deskcli.walk.stage import Stage, step

CHAPTER = "The clocks"
WARNED_AT = 0.25  # of the term is left
DAYS_AT_MOST = 14


def clock(dossier: dict[str, Any], name: str) -> dict[str, Any]:
    return next((one for one in dossier["clocks"] or [] if one["clock"] == name), {})


def its_clock(stage: Stage, request_id: str) -> dict[str, Any]:
    """A dossier is shown without its clocks while monitoring is away."""
    return clock(stage.until(request_id, "its clock", lambda it: clock(it, "resolve")), "resolve")


@step(CHAPTER, "A report starts its clocks at receipt, on the contract's calendar")
def started(stage: Stage) -> str:
    request = stage.person("sanne").post(
        "/requests", {"kind": "fault", "channel": "site", "text": "De automatische deur bij de ingang klemt."}
    )
    stage.memory["door"] = request["requestId"]
    dossier = stage.until(request["requestId"], "a running clock", lambda it: clock(it, "resolve"))
    resolve = clock(dossier, "resolve")
    expect(resolve["state"] == "running", f"resolve is {resolve['state']}")
    return f"respond by {clock(dossier, 'respond').get('dueAt')}, resolve by {resolve['dueAt']}"


@step(CHAPTER, "Amira asks Sanne something: the resolve clock stands still, and says why")
def paused(stage: Stage) -> str:
    request_id = stage.memory["door"]
    version = stage.dossier(request_id)["version"]
    stage.person("amira").post(
        f"/requests/{request_id}/questions",
        {"question": "Is het de linker- of de rechterdeur?"},
        version=version,
    )
    dossier = stage.until(
        request_id, "a paused clock", lambda it: clock(it, "resolve").get("state") == "paused"
    )
    expect(dossier["waiting"]["reason"] == "awaiting_requester", f"waiting: {dossier['waiting']}")
    return f"resolve is {clock(dossier, 'resolve')['state']}; respond is {clock(dossier, 'respond')['state']}"


@step(CHAPTER, "Sanne replies: it runs on by itself, its due time moved by the pause")
def resumed(stage: Stage) -> str:
    request_id = stage.memory["door"]
    stage.pass_time("P4D")  # over any weekend or holiday, so that working hours go by
    stage.person("sanne").post(f"/requests/{request_id}/replies", {"text": "De linker."})
    dossier = stage.until(
        request_id, "a running clock", lambda it: clock(it, "resolve").get("state") == "running"
    )
    resolve = clock(dossier, "resolve")
    expect(resolve["pausedMinutes"] >= 540, f"four days of waiting count {resolve['pausedMinutes']} minutes")
    return f"paused {resolve['pausedMinutes']} working minutes; {resolve['sentence']['en']}"


@step(CHAPTER, "Time passes (demo clock): a warning before the deadline, a breach after it")
def breached(stage: Stage) -> str:
    request_id = stage.memory["door"]
    _let_run(stage, request_id, WARNED_AT)
    stage.until(request_id, "a warning", lambda it: clock(it, "resolve").get("warnedAt"))
    _let_run(stage, request_id, 0)
    stage.until(request_id, "a breach", lambda it: clock(it, "resolve").get("breachedAt"))
    dossier = stage.until(
        request_id,
        "the breach on the timeline",
        lambda it: any("breach" in entry["type"] for entry in it["timeline"]),
    )
    expect(dossier["attention"], "a breach asks for nobody's attention")
    resolve = clock(dossier, "resolve")
    return (
        f"warned {resolve['warnedAt']}, breached {resolve['breachedAt']}, on the timeline, attention raised"
    )


def _let_run(stage: Stage, request_id: str, left: float) -> None:
    """Until less than this part of the term is left. How many days that takes differs: from Maundy Thursday
    to Easter Monday four days hold one working day.
    """
    for _ in range(DAYS_AT_MOST):
        resolve = its_clock(stage, request_id)
        total = resolve["elapsedMinutes"] + resolve["remainingMinutes"]
        if resolve["remainingMinutes"] < total * left:
            return
        stage.pass_time("P1D")
    expect(False, f"after {DAYS_AT_MOST} days {resolve['remainingMinutes']} minutes are left still")


@step(CHAPTER, "Any minute can be explained")
def explained(stage: Stage) -> str:
    resolve = its_clock(stage, stage.memory["door"])
    total = sum(segment["minutes"] for segment in resolve["explanation"] if segment["what"] == "running")
    expect(total == resolve["elapsedMinutes"], f"{total} minutes explained of {resolve['elapsedMinutes']}")
    return f"{len(resolve['explanation'])} segments add up to {total} minutes: {resolve['sentence']['nl']}"
