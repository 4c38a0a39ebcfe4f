"""What was said in confidence is told by no address of the API, to nobody who was not named."""

from __future__ import annotations

import pytest
import requests
from deskcli.walk.chapters import confidence
from deskcli.walk.stage import Stage

# Of both reports of the chapter; executors of the second read it, and are no part of this.
CANARY = "lastig"
OTHERS = ("amira", "joost", "daan", "lars", "beheer")


def addresses(stage: Stage, request_ids: list[str], person_id: str) -> list[str]:
    """All that can be read without knowing more than the number of a request and of a person."""
    document = requests.get(f"{stage.address}/v1/openapi.json", timeout=20).json()
    found = []
    for path, operations in document["paths"].items():
        if "get" not in operations:
            continue
        plain = [path.replace("{requestId}", each).replace("{personId}", person_id) for each in request_ids]
        found += [each for each in dict.fromkeys(plain) if "{" not in each]
    queries = ("", "?limit=100", f"?q={CANARY}", f"?requesterId={person_id}")
    return [each + query for each in found for query in queries]


@pytest.mark.timeout(300)
def test_no_address_tells_a_word_of_it(stage: Stage) -> None:
    for part in (confidence.reported, confidence.opened, confidence.carried_out):
        part(stage)
    told = stage.person("karin").get("/requests", limit=100)["items"]
    secret = [each for each in told if each["confidential"]]
    assert secret
    assert all(CANARY in each["summary"] for each in secret)
    ids, person_id = [each["requestId"] for each in secret], secret[0]["requester"]["personId"]
    asked = addresses(stage, ids, person_id)
    assert len(asked) > 100
    for who in OTHERS:
        headers = {"Authorization": f"Bearer {stage.person(who).token}"}
        for address in asked:
            answer = requests.get(stage.address + address, headers=headers, timeout=20, stream=True)
            kind = answer.headers.get("Content-Type", "")
            assert "event-stream" in kind or CANARY not in answer.text, (who, address)
            answer.close()
