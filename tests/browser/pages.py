"""All pages that a person can open, for the tests that look at every one of them and for `desk bench pages`:
who opens it, and where. What stands between braces `ids_of` makes.
"""

from __future__ import annotations

from typing import Any

BEZEMWIJS = "info@bezemwijs.example"
PAGES: tuple[tuple[str | None, str], ...] = (
    (None, "/sign-in"),
    (None, "/style"),
    (None, "/"),
    (None, "/?q=radiator"),
    (None, "/?q=zzzzzz"),
    (None, "/?category=Reparaties"),
    (None, "/products/heating-fault?q=radiator"),
    (None, "/report"),
    (None, "/report/meeting-lunch"),
    (None, "/report?o=LIFT-B"),
    (None, "/o/NOTHING-THERE"),
    (None, "/norms"),
    (None, "/follow/no-link"),
    ("sanne", "/"),
    ("sanne", "/?q=radiator"),
    ("sanne", "/report/heating-fault?place_q=3.1"),
    ("sanne", "/requests"),
    ("sanne", "/requests/{request}?new=1"),
    ("karin", "/approvals"),
    ("sanne", "/approvals"),
    ("sanne", "/requests/{triage}"),
    ("amira", "/desk"),
    ("amira", "/desk?queue=open"),
    ("amira", "/desk?q=nothing-at-all"),
    ("amira", "/desk/requests/{request}"),
    ("amira", "/desk/requests/{triage}"),
    ("amira", "/desk/new"),
    ("amira", "/desk/new?person_q=daan&text=radiator&place_q=3.1"),
    ("amira", "/desk/new?begun={code}"),
    ("amira", "/desk/people"),
    ("amira", "/desk/people?q=de"),
    ("amira", "/desk/people/{person}"),
    ("amira", "/desk/people/doubles"),
    ("amira", "/desk/customers"),
    ("karin", "/desk/customers/{customer}"),
    ("karin", "/manage/budgets"),
    ("karin", "/manage/charges"),
    ("karin", "/manage/charges/lines"),
    ("sanne", "/charges"),
    ("ria", "/desk/counter"),
    ("ria", "/desk/counter?which=out"),
    ("ria", "/desk/counter/items"),
    ("ria", "/desk/counter/items/{counter_item}"),
    ("ria", "/desk/counter/entries/{counter_entry}"),
    ("ria", "/desk/counter/new/parcel"),
    ("ria", "/desk/counter/new/visitor"),
    ("sanne", "/counter"),
    ("karin", "/manage/budgets/{budget}"),
    ("amira", "/desk/requests/{danger}"),
    ("amira", "/desk/requests/{complaint}"),
    ("amira", "/desk/requests/{wish}"),
    ("amira", "/desk?queue=open&pick=1"),
    ("amira", "/desk/correct-many"),
    ("amira", "/desk/correct-many?request={request}&request={triage}&what=place"),
    ("amira", "/desk/incidents"),
    ("amira", "/desk/incidents/new?request={triage}"),
    ("amira", "/desk/incidents/{incident}"),
    ("sanne", "/requests/{danger}"),
    ("sanne", "/requests/{request}/complain"),
    ("sanne", "/wishes"),
    ("karin", "/manage/complaints"),
    ("karin", "/manage/confidants"),
    ("amira", "/desk/requests/{triage}/confidential"),
    ("karin", "/manage/corrections/causes"),
    ("karin", "/manage/priorities"),
    ("karin", "/manage/wishes"),
    ("lars", "/manage/wishes/{theme}"),
    ("amira", "/desk/checks"),
    ("lars", "/manage/products/deviations"),
    ("tom", "/team/checks"),
    ("amira", "/desk/repair"),
    ("amira", "/nothing-here"),
    ("karin", "/desk/repair?state=resolved"),
    ("karin", "/manage"),
    ("karin", "/manage?from=2016-03-01&until=2016-05-31"),
    ("karin", "/manage/requests?open=true"),
    ("karin", "/manage/clocks?standing=late"),
    ("karin", "/manage/promises?state=broken"),
    ("karin", "/manage/orders?open=true&late=false"),
    ("karin", "/manage/repeats"),
    ("lars", "/manage/products/files"),
    ("karin", "/desk/assets"),
    ("amira", "/desk/assets/{asset}"),
    ("amira", "/desk/assets/stickers?kind=lift"),
    ("sanne", "/o/K-102"),
    ("karin", "/manage/assets/new"),
    ("karin", "/manage/plans"),
    ("karin", "/manage/plans/new"),
    ("karin", "/manage/routing"),
    ("karin", "/manage/routing/new"),
    ("karin", "/manage/routing/providers"),
    ("karin", "/manage/routing/providers/{provider}"),
    ("karin", "/manage/products"),
    ("lars", "/manage/products?state=withdrawn"),
    ("lars", "/manage/articles"),
    ("lars", "/manage/articles/new"),
    ("lars", "/manage/articles/{article}"),
    ("karin", "/manage/articles/{article}"),
    ("lars", "/manage/articles/{draft}/draft"),
    ("sanne", "/report"),
    ("sanne", "/report?o=RAD-312-1"),
    ("sanne", "/report/{product}"),
    ("sanne", "/requests"),
    ("sanne", "/requests/{request}"),
    ("tom", "/team"),
    ("tom", "/team?whose=team&order=round"),
    ("tom", "/team?whose=team&order=place"),
    ("amira", "/desk/requests/{request}/company"),
    ("amira", "/team/visits"),
    ("tom", "/team/visits"),
    ("tom", "/team/visits/{visit}"),
    ("tom", "/team/orders/{order}"),
    ("planning@vonk-val.example", "/supplier"),
    ("karin", "/desk/repair"),
    ("sanne", "/demo"),
    ("sanne", "/demo/clock"),
    ("sanne", "/demo/mailbox"),
    ("sanne", "/demo/suppliers"),
    ("tom", "/team/done"),
    ("tom", "/team/calendar"),
    ("tom", "/team/week"),
    ("tom", "/team/absences"),
    ("tom", "/team/hours"),
    ("tom", "/team/hours/{tom}"),
    ("tom", "/team/orders/{order}/plan"),
    ("karin", "/team/week"),
    (BEZEMWIJS, "/supplier"),
    (BEZEMWIJS, "/supplier/done"),
    (BEZEMWIJS, "/supplier/orders/{portal}"),
    ("amira", "/desk/orders/{portal}/link"),
    (None, "{link}"),
    ("lars", "/manage/products"),
    ("lars", "/manage/products/new"),
)


def counter_of(stage: Any) -> dict[str, str]:
    """A key in its place, and something that was found and waits."""
    ria = stage.person("ria")
    known = ria.get("/counter/items", q="K-LOOKED-AT")["items"]
    item = (
        known[0]
        if known
        else ria.post("/counter/items", {"kind": "key", "number": "K-LOOKED-AT", "name": "Sleutel archief"})
    )
    entry = ria.post("/counter/found", {"what": "Zwarte paraplu", "remark": "In het restaurant."})
    return {"counter_item": item["itemId"], "counter_entry": entry["entryId"]}


def ids_of(stage: Any) -> dict[str, str]:
    """`{request}` is a request of Sanne with a work order, `{triage}` one that must be assessed, `{order}`
    a work order of the Technische Dienst, in `{visit}`, `{portal}` one of Bezemwijs and `{link}` the signed
    link to it, `{product}` one with questions, `{article}` one that is read, `{draft}` one that waits for
    its date, `{provider}` a team, `{asset}` a lift; `{danger}`, `{complaint}` and `{wish}` are what they
    say, the first gathered under `{incident}`, the last under `{theme}`; `{code}` is that of what Sanne
    began, `{customer}` hers, `{budget}` a cost centre, `{tom}` the account
    of who leads the Technische Dienst.
    """
    from deskcli.walk.chapters.fault import answers_for

    sanne = stage.person("sanne")

    def report(slug: str, text: str) -> Any:
        """The dossier of a request for this product, with its work orders."""
        known = stage.product(slug)
        body = {"channel": "site", "text": text, "productId": known["productId"]}
        made = sanne.post("/requests", {**body, "answers": answers_for(known)})
        return stage.until(made["requestId"], "an order", lambda it: it["orders"])

    request = report("heating-fault", "De radiator op 3.12 blijft koud.")
    triage = sanne.post("/requests", {"channel": "site", "text": "Kan er een bankje bij de ingang komen?"})
    danger, complaint, wish = (
        sanne.post("/requests", {"channel": "site", **said})["requestId"]
        for said in (
            {"text": "Er komt rook uit de meterkast."},
            {
                "kind": "complaint",
                "text": "Niemand belt terug.",
                "about": {"requestId": request["requestId"]},
            },
            {"kind": "wish", "text": "Een rustige belplek."},
        )
    )
    amira = stage.person("amira")
    name = {"nl": "Belplekken", "en": "Phone booths"}
    amira.post(f"/requests/{wish}/theme", {"name": name}, version=stage.dossier(wish)["version"])
    gathered = {"title": "Rook op de begane grond", "requestIds": [danger]}
    order, second, portal = (
        report(slug, "Graag een keer langskomen.")["orders"][0]["workOrderId"]
        for slug in ("lamp-broken", "lamp-broken", "extra-cleaning")
    )
    lars = stage.person("lars")
    return {
        "article": lars.get("/article-catalogue", state="published")["items"][0]["articleId"],
        "draft": lars.get("/article-catalogue", state="scheduled")["items"][0]["articleId"],
        "asset": amira.get("/stickers/LIFT-B")["asset"]["assetId"],
        "request": request["requestId"],
        "person": request["requester"]["personId"],
        "budget": stage.person("karin").get("/budgets")["items"][0]["budgetId"],
        **counter_of(stage),
        "customer": stage.person("amira").get("/customers")["items"][0]["customerId"],
        "code": sanne.post("/begun-reports", {"filled": {"text": "De tafel wiebelt"}})["code"],
        "triage": triage["requestId"],
        "order": order,
        "visit": stage.person("tom").post("/visits", {"workOrderIds": [order, second]})["visitId"],
        "product": stage.product("heating-fault")["productId"],
        "danger": danger,
        "complaint": complaint,
        "wish": wish,
        "theme": stage.dossier(wish)["themeId"],
        "incident": amira.post("/incidents", gathered)["incidentId"],
        "portal": portal,
        "tom": _account_of(stage, "Tom"),
        "provider": stage.person("karin").get("/providers")["items"][0]["providerId"],
        "link": stage.person("amira").get(f"/work-orders/{portal}/link")["path"],
    }


def _account_of(stage: Any, name: str) -> str:
    tom = stage.person("tom")
    members = tom.get(f"/providers/{tom.get('/work-list')['providerId']}/members")["items"]
    return next(str(one["accountId"]) for one in members if one["name"].startswith(name))
