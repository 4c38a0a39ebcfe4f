"""For whom the house works: one customer with its departments, its notes, and what may not end."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "For whom we work"
DEPARTMENT = "Evenementen"


@step(
    CHAPTER, "Amira opens Stichting Meerwal: its people, what is open, its last contacts; she leaves a note"
)
def whole(stage: Stage) -> str:
    amira = stage.person("amira")
    found = amira.get("/customers", q="Meerwal")["items"][0]
    stage.memory["customer"] = found["customerId"]
    whole = amira.get(f"/customers/{found['customerId']}")
    expect(bool(whole["departments"] and whole["places"] and whole["moments"]), "it is not shown whole")
    note = amira.post(
        f"/customers/{found['customerId']}/notes", {"text": "Verhuist in het voorjaar naar De Kade."}
    )
    sanne = amira.get("/people", q="sanne@meerwal.example")["items"][0]["personId"]
    caller = amira.get(f"/people/{sanne}")
    expect(
        note["noteId"] in [each["noteId"] for each in caller["customerNotes"]], "her callers do not show it"
    )
    amira.post(f"/relation-notes/{note['noteId']}/remove")
    return f"{whole['people']} people in {len(whole['departments'])} departments, {whole['open']} open"


@step(CHAPTER, "Karin adds a department under another, and ends it; one in which people work does not end")
def kept(stage: Stage) -> str:
    karin, path = stage.person("karin"), f"/customers/{stage.memory['customer']}"
    above = _of(karin.get(path), "Communicatie")
    made = _of(
        karin.post(f"{path}/departments", {"name": DEPARTMENT, "parentId": above["departmentId"]}), DEPARTMENT
    )
    expect(made["parentId"] == above["departmentId"], "it is not under the other")
    status = karin.refused(f"/departments/{above['departmentId']}/end", version=above["version"])
    expect(status == 409, f"the department with people in it ends ({status})")
    karin.post(f"/departments/{made['departmentId']}", {"name": f"{DEPARTMENT} {made['departmentId'][-4:]}"},
               version=made["version"])  # fmt: skip
    ended = karin.post(f"/departments/{made['departmentId']}/end", version=made["version"] + 1)
    return f"{len([each for each in ended['departments'] if each['endedAt'] is None])} departments go on"


def _of(customer: Json, name: str) -> Json:
    return next(each for each in customer["departments"] if each["name"] == name)
