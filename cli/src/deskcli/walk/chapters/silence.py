"""Who says nothing: a provider is reminded, the desk hears of it, and of an appointment that passes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import requests

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json, eventually
from deskcli.walk.stage import Stage, step

CHAPTER = "Who says nothing"
PRODUCT = "lamp-broken"
CLEANING = "spill"
OVER_ANY_WEEKEND = "P5D"


@step(CHAPTER, "Nobody answers a new order: its team is reminded by itself, and then the desk hears of it")
def unanswered(stage: Stage) -> str:
    _report(stage, "De lamp op 2.04 flikkert.")
    _silent(stage, "waiting", "unanswered")
    stage.pass_time(OVER_ANY_WEEKEND)
    _silent(stage, "reminded", "unanswered")
    stage.pass_time(OVER_ANY_WEEKEND)
    _silent(stage, "escalated", "unanswered")
    request_id = stage.memory["silent"]
    stage.until(request_id, "the desk's attention", lambda it: it["attention"])
    order = _order(stage)
    expect(order["state"] == "issued", f"silence made the order {order['state']}")
    return f"{order['number']}: reminded, then on the desk's list; still {order['state']}"


@step(CHAPTER, "Tom accepts it: it is off the list by itself, and counted")
def answered(stage: Stage) -> str:
    _act(stage, "accept")
    _silent(stage, "waiting", "unplanned")
    counts = _counts(stage)
    expect(counts["escalated"] >= 1, f"counted: {counts}")
    return (
        f"of the last 90 days: {counts['reminded']} reminders, {counts['escalated']} still silent after that"
    )


@step(CHAPTER, "Sanne chooses a moment, and nobody comes: she hears so, and by when she hears more")
def nobody_came(stage: Stage) -> str:
    order = _order(stage)
    after = _act(stage, "propose", windows=[_tomorrow(order)])
    sanne, path = stage.person("sanne"), f"/work-orders/{order['workOrderId']}/appointment"
    sanne.post(path, {"choice": 0}, version=after["version"])
    stage.pass_time("P3D")
    _silent(stage, "escalated", "no_show")
    request_id = stage.memory["silent"]
    dossier = stage.until(request_id, "the line for Sanne", _told)
    expect(dossier["attention"] == "no_show_suspected", f"attention: {dossier['attention']}")
    mail = eventually(lambda: _mail(stage), "the mail to Sanne")
    return f"“{mail['subject']}”; on the desk's list as {dossier['attention']}"


@step(
    CHAPTER, "Amira writes down how it stands; Tom says late that he has begun: nothing is suspected any more"
)
def cleared(stage: Stage) -> str:
    order = _order(stage)
    path = f"/work-orders/{order['workOrderId']}/dismiss"
    refused = stage.person("tom").refused(path, {"reason": "Ik was er."}, version=order["version"])
    expect(refused == 403, f"Tom dismisses it himself: {refused}")
    _act(stage, "dismiss", who="amira", reason="Tom belde: hij stond in de lift.")
    _act(stage, "start")
    _silent(stage, "waiting", "wordless")
    stage.until(stage.memory["silent"], "calm", lambda it: it["attention"] != "no_show_suspected")
    counts = _counts(stage)
    expect(counts["noShowsDismissed"] >= 1, f"counted: {counts}")
    _act(stage, "complete")
    return f"suspected {counts['noShowsSuspected']}, confirmed {counts['noShowsConfirmed']}"


@step(CHAPTER, "Bezemwijs has no program and no account here: a mail with a link, by which it accepts")
def mailed(stage: Stage) -> str:
    _report(stage, "Koffie over de vloer van 2.04.", CLEANING)
    order = _order(stage)
    link = eventually(lambda: _link_to(stage, order["number"]), "the mail to Bezemwijs")
    supplier = requests.Session()
    page = supplier.get(link, timeout=15)
    expect(order["number"] in page.text, f"the link shows {page.status_code}")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    # A browser sends its Secure cookies to a machine's own address too; requests does not.
    cookies = "; ".join(f"{each.name}={each.value}" for each in page.cookies)
    headers = {"Origin": _origin(link), "Cookie": cookies}
    done = supplier.post(f"{link}/accept", hidden, headers=headers, timeout=15, allow_redirects=False)
    expect(done.status_code == 303, f"accepting by the link: {done.status_code}")
    expect(_order(stage)["state"] == "accepted", f"the order is {_order(stage)['state']}")
    expect(supplier.get(link[:-4], timeout=15).status_code == 404, "a cut link opens something")
    stage.memory["mailed link"] = link
    return f"{order['number']} accepted by the link of a mail"


@step(CHAPTER, "That mail was forwarded too far: Amira ends its links and mails a new one, which works")
def link_ended(stage: Stage) -> str:
    amira, old, order = stage.person("amira"), stage.memory["mailed link"], _order(stage)
    path = f"/work-orders/{order['workOrderId']}/links"
    used = amira.get(path)["usedAt"]
    expect(used, "nobody sees that the link was used")
    ended = amira.post(f"{path}/end", {"reason": "De mail is doorgestuurd.", "send": True})
    expect(ended["endedWhy"] and ended["sent"] == 1, f"how it stands: {ended}")
    expect(requests.get(old, timeout=15).status_code == 410, "the old link still opens the order")

    def anew() -> str | None:
        return next((link for link in _links_to(stage, order["number"]) if link != old), None)

    new = eventually(anew, "the mail with a new link")
    expect(order["number"] in requests.get(new, timeout=15).text, "the new link shows another order")
    expect(_order(stage)["state"] == "accepted", "the order itself changed")
    return f"used {used}; the old link has ended, the new one opens {order['number']}"


def _link_to(stage: Stage, number: str) -> str | None:
    return next(iter(_links_to(stage, number)), None)


def _links_to(stage: Stage, number: str) -> list[str]:
    mails = stage.person("amira").get("/demo/mailbox")["items"]
    bodies = (str(mail) for mail in mails if mail["subject"].startswith(number))
    return [link for body in bodies for link in re.findall(r"https?://[^\s\\]+/orders/[\w.-]+", body)]


def _origin(link: str) -> str:
    return "/".join(link.split("/")[:3])


def _report(stage: Stage, text: str, slug: str = PRODUCT) -> None:
    product = stage.product(slug)
    request = stage.person("sanne").post(
        "/requests",
        {"kind": "fault", "channel": "site", "text": text, "productId": product["productId"],
         "answers": answers_for(product)},
    )  # fmt: skip
    stage.memory["silent"] = request["requestId"]
    dossier = stage.until(request["requestId"], "its order", lambda it: it["orders"])
    stage.memory["silent order"] = dossier["orders"][0]["workOrderId"]


def _order(stage: Stage) -> Json:
    found: Json = stage.person("amira").get(f"/work-orders/{stage.memory['silent order']}")
    return found


def _act(stage: Stage, action: str, who: str = "tom", **said: Any) -> Json:
    person = stage.person(who)
    path = f"/work-orders/{stage.memory['silent order']}"
    done: Json = person.post(f"{path}/{action}", said, version=person.get(path)["version"])
    return done


def _silent(stage: Stage, step: str, of: str) -> None:
    def so() -> bool:
        silence = _order(stage).get("silence") or {}
        return (silence.get("of"), silence.get("step")) == (of, step)

    eventually(so, f"the order to be {of}, {step}")


def _counts(stage: Stage) -> Json:
    provider = _order(stage)["provider"]
    provider_id = provider.get("providerId") or provider.get("provider_id")
    found: Json = stage.person("karin").get(f"/providers/{provider_id}")["silences"]
    return found


def _tomorrow(order: Json) -> Json:
    """A day after what was last done with it, on the desk's clock, which may be days ahead of ours."""
    start = datetime.fromisoformat(order["history"][-1]["at"]) + timedelta(days=1)
    return {"from": start.isoformat(), "until": (start + timedelta(hours=2)).isoformat()}


def _told(dossier: Json) -> bool:
    return any(entry["type"] == "nobody_came" for entry in dossier["timeline"])


def _mail(stage: Stage) -> Json | None:
    messages = stage.person("amira").get(f"/requests/{stage.memory['silent']}")["messages"] or []
    return next((each for each in messages if each["template"] == "nobody_came"), None)
