"""Words that try to be more than words: in every field that somebody can fill, shown on every page that
shows it.

No script runs, no element of theirs is made, nothing is asked of another host, and the content policy has
nothing to report (it would be in the browser's complaints, which fail the test).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request

from .conftest import Desk

MARK = "xss-was-here"
CORPUS = (
    f"<script>document.title='{MARK}'</script>",
    f"<img src=x onerror=\"document.title='{MARK}'\">",
    f'<svg onload="document.title=\'{MARK}\'"><a xlink:href="javascript:alert(1)">x</a></svg>',
    "<div hx-get='/sign-out' hx-trigger='load' hx-post='/likings'>hx</div>",
    "<div data-hx-on:htmx:load=\"document.title='x'\" hx-on:click='alert(1)'>on</div>",
    "</textarea></title></script><iframe src='//evil.example/'></iframe>",
    "\"><a href='//evil.example/' autofocus onfocus=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>",
    "javascript:alert(1)//https://evil.example/",
    "<link rel=stylesheet href=//evil.example/x.css><style>@import'//evil.example/'</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'><base href=//evil.example/>",
    "<form action=//evil.example/><button>Sign in</button></form>",
    "\u202e\u2066<b>turned around</b>\u2069",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
)
ALL = " ".join(CORPUS)
# Made by the corpus and by none of our own pages.
FORBIDDEN = (
    "iframe, base, [onerror], [onload], [onfocus], [onmouseover], [href*='evil.example'], math, mglyph"
)


# A file that would act if a browser opened it as what it claims to be.
ACTIVE = (
    f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='{MARK}'\">"
    f"<script>document.title='{MARK}'</script></svg>"
).encode()


class Watch:
    """What a window did that no page of ours may do."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        self._page, self._address = page, address
        page.on("dialog", self._dialog)
        page.on("request", self._request)

    def look(self, path: str) -> None:
        self._page.goto(path)
        self._page.wait_for_timeout(150)
        if MARK in self._page.title() and "<" not in self._page.title():
            self.faults.append(f"{path}: a script ran")
        if self._page.locator(FORBIDDEN).count():
            self.faults.append(
                f"{path}: {self._page.locator(FORBIDDEN).first.evaluate('e => e.outerHTML')[:200]}"
            )
        if "/sign-in" in self._page.url:
            self.faults.append(f"{path}: signed out")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._address, "data:")):
            self.faults.append(f"asked {request.url}")


@pytest.fixture(scope="module")
def poisoned(running: Desk) -> dict[str, str]:
    """Everything that can be named or said, said in these words. Answers the ids that the pages need."""
    stage = running.stage
    admin, sanne, amira, lars = (stage.person(name) for name in ("beheer", "sanne", "amira", "lars"))
    short = CORPUS[1]
    person = {"key": "mallory", "name": short, "email": "mallory@meerwal.example", "phone": "+31 20 000 6666",
              "department": CORPUS[0]}  # fmt: skip
    admin.post("/people", {"items": [person]})
    admin.post("/locations", {"items": [{"key": "evil-place", "name": CORPUS[2][:150]}]})
    words = {"nl": short, "en": short}
    product = lars.post(
        "/products",
        {
            "slug": "evil-product", "kind": "fault", "name": words, "description": words, "category": words,
            "priority": "P3", "leadTime": {"amount": 1, "unit": "working_days"}, "checkRequired": True,
            "price": {"kind": "none"},
            "questions": [{"key": "evil", "type": "text", "required": False, "label": words}],
            "process": {"steps": [{"key": "do", "title": words, "provider": "technische-dienst",
                                   "instructions": words}]},
        },
    )  # fmt: skip
    lars.post("/articles", {"slug": "evil-article", "title": words, "body": {"nl": ALL, "en": ALL}})
    place = amira.get("/locations?q=evil")["items"] or amira.get("/locations")["items"]
    mallory = amira.get("/people?q=mallory")["items"][0]["personId"]
    body = {"channel": "phone", "text": ALL, "locationId": place[0]["locationId"], "requesterId": mallory}
    triage = amira.post("/requests", body)
    version = stage.dossier(triage["requestId"])["version"]
    amira.post(f"/requests/{triage['requestId']}/notes", {"text": ALL})
    amira.post(f"/requests/{triage['requestId']}/questions", {"question": ALL}, version=version)
    request = sanne.post(
        "/requests",
        {"channel": "site", "text": ALL, "productId": product["productId"], "answers": {"evil": ALL[:3000]}},
    )
    dossier = stage.until(request["requestId"], "an order", lambda it: it["orders"])
    sanne.post(f"/requests/{request['requestId']}/replies", {"text": ALL})
    for who, path in ((sanne, "replies"), (amira, "notes")):
        for some in (CORPUS[:5], CORPUS[5:10], CORPUS[10:]):
            files = who.bring(*((name + ".svg", ACTIVE) for name in some))
            who.post(f"/requests/{request['requestId']}/{path}", {"text": "files", "attachments": files})
    order = dossier["orders"][0]["workOrderId"]
    tom = stage.person("tom")
    tom.post(
        f"/work-orders/{order}/accept",
        {"note": ALL[:3000]},
        version=tom.get(f"/work-orders/{order}")["version"],
    )
    return {"request": request["requestId"], "triage": triage["requestId"], "order": order,
            "product": product["productId"]}  # fmt: skip


LOOKS: tuple[tuple[str, str], ...] = (
    ("amira", "/desk?queue=open"),
    ("amira", "/desk/requests/{triage}?queue=triage"),
    ("amira", "/desk/requests/{request}?queue=open"),
    ("amira", "/desk?q=%3Cscript%3Ealert(1)%3C/script%3E"),
    ("amira", "/desk/new?person_q=mallory&text=onerror&place_q=evil&product_q=onerror"),
    ("amira", "/palette?q=mallory"),
    ("sanne", "/"),
    ("sanne", "/?q=onerror"),
    ("sanne", "/requests"),
    ("sanne", "/requests/{request}"),
    ("sanne", "/report/{product}"),
    ("tom", "/team"),
    ("tom", "/team/orders/{order}"),
    ("karin", "/manage"),
    ("karin", "/desk/repair"),
    ("amira", "/demo/mailbox"),
)


@pytest.mark.parametrize("who", sorted({who for who, _ in LOOKS}))
def test_words_stay_words(who: str, desk: Desk, poisoned: dict[str, str]) -> None:
    page = desk.open(who, "/style")
    watch = Watch(page, desk.address)
    for path in [path for each, path in LOOKS if each == who]:
        watch.look(path.format(**poisoned))
    assert not watch.faults, "\n" + "\n".join(watch.faults)


def test_a_file_is_saved_and_never_opened(desk: Desk, poisoned: dict[str, str]) -> None:
    page = desk.open("sanne", f"/requests/{poisoned['request']}")
    watch = Watch(page, desk.address)
    link = page.locator(".attachments a").first
    with page.expect_download() as saving:
        link.click()
    assert saving.value.suggested_filename.endswith(".svg.txt")
    assert Path(saving.value.path()).read_bytes() == ACTIVE
    # Also when the address is opened by itself, without the mark on the link that says to save it.
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-type"].startswith("text/plain")
    assert not watch.faults
