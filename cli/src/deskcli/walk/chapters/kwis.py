"""Complaints, wishes, questions and faults: what each kind of report is worth beyond being carried out."""

from __future__ import annotations

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Five kinds of reports"


@step(CHAPTER, "Smoke: the highest priority and the top of the queue at once; then Amira weighs it anew")
def danger(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    body = {"text": "Er komt rook uit de prullenbak bij 3.12.", "channel": "site", "impact": "person"}
    request = sanne.post("/requests", body)
    expect((request["priority"], request["danger"]) == ("P1", "fire"), f"it is {request['priority']}")
    first = amira.get("/requests", danger="true", open="true")["items"][0]
    expect(first["reference"] == request["reference"], f"on top stands {first['reference']}")
    version = stage.until(request["requestId"], "somebody who goes there", lambda it: it["orders"])["version"]
    path, calm = f"/requests/{request['requestId']}/priority", {"impact": "group", "urgency": "high"}
    expect(sanne.refused(path, calm, version=version) == 403, "Sanne sets her own priority")
    told = amira.refused(path, {**calm, "priority": "P3"}, version=version)
    expect(told == 422, f"without a reason it is {told}")
    weighed = amira.post(path, calm, version=version)
    expect((weighed["priority"], weighed["danger"]) == ("P2", None), f"then {weighed['priority']}")

    def follows(dossier: Json) -> bool:
        return {each["level"]["priority"] for each in dossier["clocks"] or []} == {"P2"}

    stage.until(request["requestId"], "clocks of the new priority", follows)
    return f"{request['reference']} P1 at once, P2 by the matrix; its clocks follow"


@step(CHAPTER, "Gas: somebody goes there at once; Amira says after what it is, and who is on the way goes on")
def sent(stage: Stage) -> str:
    amira, ria = stage.person("amira"), stage.person("ria")
    request = stage.person("daan").post("/requests", {"text": "It smells of gas here.", "channel": "site"})
    path = f"/requests/{request['requestId']}"
    dossier = stage.until(request["requestId"], "somebody who goes there", lambda it: it["orders"])
    expect((dossier["state"], dossier["unsorted"]) == ("in_progress", True), f"it is {dossier['state']}")
    order = ria.get(f"/work-orders/{dossier['orders'][0]['workOrderId']}")
    ria.post(f"/work-orders/{order['workOrderId']}/accept", {}, version=order["version"])
    dossier = stage.until(
        request["requestId"], "word of Ria", lambda it: it["orders"][0]["state"] == "accepted"
    )
    product = stage.product("heating-fault")
    right = {"productId": product["productId"], "answers": answers_for(product)}
    wish = {"what": "product", "cause": "reported-wrongly", **right}
    amira.post(f"{path}/corrections", wish, version=dossier["version"])
    after = stage.until(request["requestId"], "the right order", lambda it: len(it["orders"]) == 2)
    states = {each["number"]: each["state"] for each in after["orders"]}
    expect(states[order["number"]] == "accepted", f"Ria's order is {states[order['number']]}")
    return f"{order['provider']['name']} goes on with {order['number']}; {after['reference']} is sorted"


@step(
    CHAPTER,
    "Two that hang together: the child holds its parent up; word on it reaches both reporters",
)
def linked(stage: Stage) -> str:
    amira, said = stage.person("amira"), {"channel": "site", "kind": "fault"}
    parent = stage.person("sanne").post("/requests", {**said, "text": "De hele vierde verdieping is koud."})
    child = stage.person("daan").post("/requests", {**said, "text": "The pump on the roof hums."})
    link = {"requestId": parent["requestId"], "kind": "child_of", "rule": "blocks"}
    child = amira.post(f"/requests/{child['requestId']}/links", link, version=child["version"])
    back = {**link, "requestId": child["requestId"]}
    round_about = amira.refused(f"/requests/{parent['requestId']}/links", back, version=parent["version"])
    expect(round_about == 409, f"a circle is {round_about}")
    path, answer = f"/requests/{parent['requestId']}", {"text": "De pomp is gemaakt."}
    held = amira.refused(f"{path}/answer", answer, version=parent["version"])
    expect(held == 409, f"answered over its child: {held}")
    word = {"text": "De monteur is onderweg.", "reach": "all"}
    told = amira.post(f"{path}/updates", word, version=parent["version"])
    expect(told["reached"] == 2, f"{told['reached']} were told")
    amira.post(
        f"/requests/{child['requestId']}/answer", answer, version=stage.dossier(child["requestId"])["version"]
    )
    done = amira.post(f"{path}/answer", answer, version=told["version"])

    def mailed(dossier: Json) -> bool:
        return "update" in [mail["template"] for mail in dossier["messages"] or []]

    stage.until(child["requestId"], "a mail of the update", mailed)
    return f"{done['reference']} {done['resolution']} after {child['reference']}; both were told on the way"


@step(
    CHAPTER,
    "Sanne complains about a supplier: acknowledged, cause, remedy, and closed on her word alone",
)
def complained(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    fault, text = stage.dossier(stage.memory["fault"]), "De monteur kwam twee keer voor niets."
    order = fault["orders"][0]["workOrderId"]
    about = {"requestId": fault["requestId"], "workOrderId": order, "promise": "respond"}
    body = {"channel": "site", "kind": "complaint", "text": text, "about": about}
    path = f"/requests/{sanne.post('/requests', body)['requestId']}"

    def act(step: str, said: Json) -> Json:
        return amira.post(f"{path}/complaint/{step}", said, version=amira.get(path)["version"])

    closed = amira.refused(f"{path}/answer", {"text": "Jammer."}, version=amira.get(path)["version"])
    expect(closed == 409, f"it is answered away: {closed}")
    act("acknowledge", {"text": "Petra zoekt het uit; u hoort morgen meer."})
    act("cause", {"cause": "badly_done", "note": "Verkeerd onderdeel besteld."})
    ready = act("remedy", {"text": "Vonk & Val komt kosteloos terug met het goede onderdeel."})
    expect(ready["state"] == "ready", f"it is {ready['state']}")
    alone = amira.refused(f"{path}/confirm", version=ready["version"])
    expect(alone == 409, f"the desk confirms it itself: {alone}")
    settled = sanne.post(f"{path}/confirm", version=ready["version"])
    seen = amira.get(path)["complaint"]
    supplier = stage.person("karin").get("/complaints/figures")["providers"][0]
    said = f"{settled['reference']} {seen['stage']}, {seen['cause']}"
    return f"{said}; {supplier['name']} has {supplier['count']}"


@step(
    CHAPTER,
    "A complaint without a word: Amira tries twice, and it is a manager's to close, not before its day",
)
def unheard(stage: Stage) -> str:
    daan, amira, karin = stage.person("daan"), stage.person("amira"), stage.person("karin")
    body = {"channel": "site", "kind": "complaint", "text": "The coffee was cold again."}
    path = f"/requests/{daan.post('/requests', body)['requestId']}"

    def act(step: str, said: Json) -> Json:
        return amira.post(f"{path}/complaint/{step}", said, version=amira.get(path)["version"])

    act("acknowledge", {"text": "We ask the caterer."})
    act("cause", {"cause": "badly_done"})
    ready = act("remedy", {"text": "The machine was set right."})
    why, version = {"reason": "Called twice, no answer."}, ready["version"]
    refused = karin.refused(f"{path}/complaint/close", why, version=version)
    expect(refused == 409, f"closed without an attempt: {refused}")
    for way in ("phone", "email"):
        now = amira.get("/demo/clock")["now"]
        version = act("attempts", {"way": way, "triedAt": now})["version"]
    desk = amira.refused(f"{path}/complaint/close", why, version=version)
    early = karin.refused(f"{path}/complaint/close", why, version=version)
    expect((desk, early) == (403, 409), f"the desk {desk}, a manager {early}")
    since = amira.get(path)["complaint"]["unheardFrom"]
    stage.memory["unheard"] = path.rpartition("/")[2]
    return f"{ready['reference']}: two attempts; a manager may close it from {since[:10]}"


@step(CHAPTER, "A major incident: gathered, one word to all, one split off, the others closed together")
def major(stage: Stage) -> str:
    amira, said = stage.person("amira"), {"channel": "site", "kind": "fault"}
    sanne, daan = stage.person("sanne"), stage.person("daan")
    first = sanne.post("/requests", {**said, "text": "Geen internet op de tweede verdieping."})
    second = daan.post("/requests", {**said, "text": "No internet on the second floor."})
    third = daan.post("/requests", {**said, "text": "The printer is out of paper."})
    along = daan.post("/requests", {**said, "text": "Ook ik niet.", "follows": first["requestId"]})
    ids = [each["requestId"] for each in (first, second, third)]
    incident = amira.post("/incidents", {"title": "Geen internet op 2", "requestIds": ids})
    path, version = f"/incidents/{incident['incidentId']}", incident["version"]
    split = amira.post(f"{path}/split", {"requestId": third["requestId"]}, version=version)
    word, version = {"text": "De provider werkt eraan."}, split["version"]
    once = f"word-{incident['incidentId']}"
    told = amira.post(f"{path}/updates", word, version=version, key=once)
    again = amira.post(f"{path}/updates", word, version=version, key=once)
    expect(told == again and told["reached"] == 3, f"{told['reached']} were told")
    closed = amira.post(f"{path}/close", {"text": "De provider heeft het hersteld."}, version=told["version"])
    states = [stage.dossier(each["requestId"])["state"] for each in (first, second, along, third)]
    expect(states == ["ready", "ready", "ready", "triage"], f"they are {states}")
    ready = [each["reference"] for each in closed["outcomes"] if each["outcome"] == "ready"]
    return f"{', '.join(ready)} and {along['reference']} ready; {third['reference']} goes on by itself"


@step(CHAPTER, "A wish: under a theme, wished by another too, decided once, answered in the language of each")
def wished(stage: Stage) -> str:
    sanne, daan, amira = stage.person("sanne"), stage.person("daan"), stage.person("amira")
    wish = {"channel": "site", "kind": "wish", "text": "Een rustige belplek op elke verdieping."}
    mine = sanne.post("/requests", wish)
    name = {"nl": "Belplekken", "en": "Phone booths"}
    amira.post(f"/requests/{mine['requestId']}/theme", {"name": name}, version=mine["version"])
    theme_id = stage.dossier(mine["requestId"])["themeId"]
    his = daan.post(f"/wishes/{theme_id}/too")
    twice = daan.post(f"/wishes/{theme_id}/too")
    due = next(each["decideBy"] for each in amira.get("/themes")["items"] if each["themeId"] == theme_id)
    expect(due == mine["promise"]["resolveBy"], f"it is to be decided by {due}")
    expect(his["requestId"] == twice["requestId"], "Daan wishes it twice")
    decision = {"decision": "yes", "reason": {"nl": "Ze komen dit jaar.", "en": "They come this year."}}
    refused = stage.person("karin").refused(f"/themes/{theme_id}/decision", decision, version=0)
    expect(refused == 403, f"a manager decides: {refused}")
    told = stage.person("lars").post(f"/themes/{theme_id}/decision", decision, version=0)
    answers = [stage.dossier(each["requestId"])["answer"]["text"] for each in (mine, his)]
    expect(told["reached"] == 2 and "You wished" in answers[1], f"{told['reached']} heard: {answers}")
    return f"{answers[0]} / {answers[1]} (promised by {due[:10]})"


@step(CHAPTER, "A question: an article that fits its words is the answer, in one action and at first contact")
def informed(stage: Stage) -> str:
    amira, sanne = stage.person("amira"), stage.person("sanne")
    text = "Hoe laat gaat de fietsenstalling dicht?"
    article = amira.get("/articles", q=text, match="any")["items"][0]
    before = stage.person("karin").get("/figures")["requests"]["firstContact"]["count"]
    asked = sanne.post("/requests", {"channel": "site", "kind": "information", "text": text})
    path, body = f"/requests/{asked['requestId']}/answer", {"articleId": article["articleId"]}
    closed = amira.post(path, body, version=asked["version"])
    answer = stage.dossier(asked["requestId"], "sanne")["answer"]["text"]
    expect(answer == article["body"]["nl"], f"Sanne reads {answer}")
    after = stage.person("karin").get("/figures")["requests"]["firstContact"]["count"]
    expect(after == before + 1, f"first contact went from {before} to {after}")
    listed = amira.get("/requests", firstContact="true", limit=1)["items"][0]
    expect(listed["reference"] == closed["reference"], f"the list begins with {listed['reference']}")
    return f"{closed['reference']} {closed['resolution']} with “{article['slug']}”; {after} at first contact"
