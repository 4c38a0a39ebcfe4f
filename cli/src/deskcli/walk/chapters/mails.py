"""Answering the desk by mail, as if one wrote a letter back."""

from __future__ import annotations

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "Answers by mail"


@step(CHAPTER, "Sanne answers the mail with the question: it lands in her dossier, and the clock goes on")
def answered(stage: Stage) -> str:
    sanne, amira = stage.person("sanne"), stage.person("amira")
    request = sanne.post("/requests", {"text": "Er tocht iets bij mijn bureau.", "channel": "site"})
    path = f"/requests/{request['requestId']}"
    amira.post(f"{path}/questions", {"question": "Bij welk raam?"}, version=request["version"])

    def mailed(dossier: Json) -> bool:
        sent = [mail for mail in dossier["messages"] or [] if mail["state"] == "sent"]
        return "question" in [mail["template"] for mail in sent]

    stage.until(request["requestId"], "the mail with the question", mailed)
    mails = sanne.get("/demo/mailbox")["items"]
    about = [mail for mail in mails if request["reference"] in mail["subject"] and mail["to"]]
    question = next(mail for mail in reversed(about) if "Bij welk raam?" in mail["body"])
    became = sanne.post("/demo/mailbox", {"messageId": question["messageId"], "text": "Het linker raam."})
    expect(became["outcome"] == "replied", f"her mail is {became['outcome']}")
    dossier = stage.dossier(request["requestId"])
    expect(dossier["waiting"] is None, "it still waits for her")
    said = [line["data"]["text"] for line in dossier["timeline"] if line["type"] == "replied"]
    expect(said == ["Het linker raam."], f"the dossier has {said}")
    return f"{became['reference']}: her words without what they quote, and nothing waits"
