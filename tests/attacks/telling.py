"""The same life of several requests, said openly with one word and in confidence with another."""

from __future__ import annotations

import io
from typing import Any

from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.stage import Stage
from PIL import Image

Json = dict[str, Any]
CODE = "KOFFIE-2"
# Stands beside the word, so that it can be searched for without saying the word.
BESIDE = "karbonkel"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "PNG")
    return made.getvalue()


class Story:
    """`word` stands in everything that anybody says. In confidence only Karin reads it at the desk."""

    def __init__(self, stage: Stage, word: str, confidential: bool) -> None:
        self.stage, self.word, self.confidential = stage, word, confidential
        self.desk = stage.person("karin" if confidential else "amira")
        self.sanne = stage.person("sanne")

    def play(self) -> list[str]:
        """The ids of its requests."""
        return [self.with_work(), self.in_talk(), self.made_so_later()]

    def say(self, text: str) -> str:
        return f"{text} {self.word} {BESIDE}."

    def report(self, **more: Any) -> Json:
        files = self.sanne.bring((f"{self.word}.png", picture()))
        body = {"channel": "site", "text": self.say("Dit gaat over"), "attachments": files, **more}
        if self.confidential:
            body["confidential"] = True
        return self.sanne.post("/requests", body)

    def with_work(self) -> str:
        """About an object and with an order, that is done, corrected, and done over."""
        lamp, asset = self.stage.product("lamp-broken"), self.sanne.get(f"/stickers/{CODE}")["asset"]
        answers = answers_for(lamp)
        made = self.report(productId=lamp["productId"], answers=answers, assetId=asset["assetId"])
        which = made["requestId"]
        order = self.order_of(which)
        tom = self.stage.person("tom")
        receipts = tom.bring((f"{self.word} op de foto.png", picture()))
        tom.post(f"/work-orders/{order['workOrderId']}/accept", {"note": self.say("Ik kom langs bij")},
                 version=order["version"])  # fmt: skip
        correction = {"what": "no_show", "cause": "other", "note": self.say("Niemand kwam bij"),
                      "workOrderId": order["workOrderId"]}  # fmt: skip
        self.change(which, "corrections", correction)
        order = self.order_of(which, not_=order["workOrderId"])
        for action, body in (
            ("accept", {}),
            ("complete", {"note": self.say("Gedaan bij"), "attachments": receipts, "checklist": _all(order),
                          "material": [{"name": self.say("Lamp"), "quantity": "1", "unit": "piece"}]}),
        ):  # fmt: skip
            seen = tom.get(f"/work-orders/{order['workOrderId']}")
            tom.post(f"/work-orders/{order['workOrderId']}/{action}", body, version=seen["version"])
        return str(which)

    def in_talk(self) -> str:
        """To be assessed: asked, answered, noted, promised, put right."""
        which = self.report(kind="complaint")["requestId"]
        self.change(which, "questions", {"question": self.say("Wie was er bij")})
        seen = self.sanne.get(f"/requests/{which}")
        self.sanne.post(f"/requests/{which}/replies", {"text": self.say("Ik en")}, version=seen["version"])
        self.desk.post(f"/requests/{which}/notes", {"text": self.say("Niet vergeten:")})
        promise = {"what": "word", "until": "2099-01-05T10:00:00Z", "text": self.say("U hoort over")}
        self.change(which, "promises", promise)
        wish = {
            "what": "kind",
            "cause": "misunderstood",
            "kind": "fault",
            "note": self.say("Geen klacht over"),
        }
        self.change(which, "corrections", wish)
        person = seen["requester"]["personId"]
        contact = {"channel": "phone", "direction": "in", "text": self.say("Belde over"), "requestId": which}
        self.desk.post(f"/people/{person}/contact-moments", contact)
        return str(which)

    def made_so_later(self) -> str:
        """Gathered, linked and corrected with others while it was open."""
        amira = self.stage.person("amira")
        body = {"channel": "site", "kind": "fault", "text": self.say("De deur klemt bij")}
        which = self.sanne.post("/requests", body)["requestId"]
        other = self.sanne.post("/requests", {**body, "text": "Iets heel anders."})["requestId"]
        gathered = {"title": "Storing", "requestIds": [which, other]}
        amira.post("/incidents", gathered)
        version = amira.get(f"/requests/{which}")["version"]
        amira.post(f"/requests/{which}/links", {"kind": "caused_by", "requestId": other}, version=version)
        version = amira.get(f"/requests/{which}")["version"]
        many = {"what": "kind", "cause": "misunderstood", "kind": "wish", "note": "Samen",
                "items": [{"requestId": which, "version": version}]}  # fmt: skip
        amira.post("/correction-batches", many)
        if self.confidential:
            karin = self.stage.person("karin")
            reader = karin.get("/confidants")["items"][0]["personId"]
            for who in (amira, karin):  # she who says so goes on reading it, until another names who does
                version = who.get(f"/requests/{which}")["version"]
                who.post(f"/requests/{which}/confidential", {"readerIds": [reader]}, version=version)
        return str(which)

    def change(self, which: str, what: str, body: Json) -> None:
        version = self.desk.get(f"/requests/{which}")["version"]
        self.desk.post(f"/requests/{which}/{what}", body, version=version)

    def order_of(self, which: str, not_: str = "") -> Json:
        from deskcli.walk.people import eventually

        tom = self.stage.person("tom")

        def look() -> Json | None:
            found = tom.get("/work-orders", requestId=which, open="true")["items"]
            return next((each for each in found if each["workOrderId"] != not_), None)

        return tom.get(f"/work-orders/{eventually(look, 'an order for Tom')['workOrderId']}")


def _all(order: Json) -> list[int]:
    return list(range(len(order["checklist"])))
