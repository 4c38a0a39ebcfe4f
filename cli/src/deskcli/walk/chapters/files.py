"""Files in a conversation: a photo of what is wrong, and a note that only the desk sees."""

from __future__ import annotations

import struct
import zlib

from deskcli.walk.failures import expect
from deskcli.walk.people import Json
from deskcli.walk.stage import Stage, step

CHAPTER = "A photo says more"
PLACE = b"taken at 52.1 N 5.123 E"


def photo() -> bytes:
    """A small grey picture that says where it was taken."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack("!LLBBBBB", 8, 8, 8, 0, 0, 0, 0))
    words = chunk(b"tEXt", b"Comment\0" + PLACE)
    grey = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 8) * 8))
    return b"\x89PNG\r\n\x1a\n" + head + words + grey + chunk(b"IEND", b"")


@step(CHAPTER, "Sanne reports a leak with a photo and a list")
def report(stage: Stage) -> str:
    sanne = stage.person("sanne")
    files = sanne.bring(("../../lek.jpg", photo()), ("lijst.csv", b"kamer;lek\n3.12;ja\n"))
    said = {
        "channel": "site",
        "kind": "fault",
        "text": "Het plafond lekt, zie de foto.",
        "attachments": files,
    }
    request = sanne.post("/requests", said)
    stage.memory["leak"] = request["requestId"]
    picture, sheet = attachments(stage, "sanne", "received")
    expect(picture["name"] == "lek.jpg.png", f"the photo is called {picture['name']}")
    return f"{request['reference']}: {picture['name']} and {sheet['name']}"


@step(CHAPTER, "The desk opens the photo; where it was taken did not come along")
def opened(stage: Stage) -> str:
    picture, _ = attachments(stage, "amira", "received")
    answer = stage.person("amira").fetch(address(stage, picture))
    expect(answer.status_code == 200, f"the photo is {answer.status_code}")
    expect(PLACE not in answer.content, "the photo says where it was taken")
    expect("sandbox" in answer.headers["Content-Security-Policy"], "it may act in a browser")
    return f"{len(answer.content)} bytes, {answer.headers['Content-Disposition'].partition(';')[0]} only"


@step(CHAPTER, "A note of the desk has a file that Sanne cannot get; nor can Daan get hers")
def private(stage: Stage) -> str:
    amira = stage.person("amira")
    note = {"text": "Offerte van de dakdekker.", "attachments": amira.bring(("offerte.txt", b"EUR 950"))}
    amira.post(f"/requests/{stage.memory['leak']}/notes", note)
    (quote,) = attachments(stage, "amira", "note")
    expect(stage.person("sanne").fetch(address(stage, quote)).status_code == 404, "Sanne reads a note's file")
    picture, _ = attachments(stage, "amira", "received")
    expect(stage.person("daan").fetch(address(stage, picture)).status_code == 404, "Daan gets Sanne's photo")
    return "404 for both"


def attachments(stage: Stage, who: str, kind: str) -> list[Json]:
    lines = stage.dossier(stage.memory["leak"], who)["timeline"]
    return [file for line in lines if line["type"] == kind for file in line["data"].get("attachments", [])]


def address(stage: Stage, file: Json) -> str:
    return f"/requests/{stage.memory['leak']}/attachments/{file['attachmentId']}"
