"""What was said in confidence is told by no address, no page, no mail, no log and no figure, to nobody who
was not named; and it lies in those columns that are known to hold it, and in no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import requests
from deskcli.backlog import Backlog
from deskcli.fuzzing.document import Document
from deskcli.system import System
from deskcli.walk.stage import Stage
from psycopg2 import sql

from . import crawling
from .crawling import Ids, Reader, text_of
from .telling import BESIDE, Story

# Said in confidence from the first word; said openly and confidential since; and open for good.
BORN, SINCE, OPEN = "zeepaardje", "zeeanemoon", "zeehondje"
# Neither its requester, nor a reader, nor who carries it out.
OTHERS = ("amira", "lars", "beheer", "daan", "planning@vonk-val.example", "")
AT_A_TIME = 3
# Mails that were sent while it was open are sent.
SENT = ("/demo/mailbox", "/v1/demo/mailbox")
MOST_LINKS = 250


@dataclass
class Sea:
    stage: Stage
    document: Document
    secret: list[str]
    ids: Ids

    def reader(self, who: str) -> Reader:
        return Reader(self.stage.address, self.stage.person(who).token if who else "")

    def permissions(self, who: str) -> set[str]:
        return set(self.stage.person(who).get("/me")["permissions"]) if who else set()


@pytest.fixture(scope="module")
def sea(system: System, stage: Stage) -> Sea:
    stories = [(BORN, True), (SINCE, True), (OPEN, False)]
    told = {word: Story(stage, word, confidential) for word, confidential in stories}
    secret = [told[BORN].with_work(), told[BORN].in_talk(), told[SINCE].made_so_later()]
    told[OPEN].play()
    with Backlog(system.urls) as backlog:
        backlog.wait()
    document = Document(requests.get(f"{stage.address}/v1/openapi.json", timeout=60).json())
    sea = Sea(stage, document, secret, Ids())
    learn(sea)
    return sea


def learn(sea: Sea) -> None:
    """What the secret things are called first, from those who may know; then what all others are."""
    for each in sea.secret:
        dossier = sea.stage.person("karin").get(f"/requests/{each}")
        sea.ids.learn(dossier)
        for order in dossier["orders"]:
            sea.ids.learn(sea.stage.person("tom").get(f"/work-orders/{order['workOrderId']}"))
    for who in ("karin", "lars", "beheer", "tom"):
        reader = sea.reader(who)
        for target in [target for each in sea.document.operations.values() for target in each.lists]:
            answer = reader.get(target)
            if answer is not None and answer.ok:
                sea.ids.learn(crawling.as_json(answer))


def read_by(sea: Sea, who: str) -> Iterator[tuple[str, str]]:
    """Every address and page that this person may ask, what they link to, and what stands there."""
    reader, may = sea.reader(who), sea.permissions(who)
    targets = list(dict.fromkeys((
        *crawling.api_targets(sea.document, sea.ids, (BESIDE,), may),
        *crawling.page_targets(sea.ids, (BESIDE,), may),
    )))  # fmt: skip
    links: dict[str, None] = {}
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for target, answer in zip(targets, pool.map(reader.get, targets), strict=True):
            if answer is not None:
                links |= dict.fromkeys(crawling.links_in(answer))
                yield target, text_of(answer)
        more = [
            each for each in links if each not in set(targets) and not each.startswith(("/static", "/live"))
        ]
        more = more[:MOST_LINKS]
        for target, answer in zip(more, pool.map(reader.get, more), strict=True):
            if answer is not None:
                yield target, text_of(answer)


@pytest.mark.parametrize("who", OTHERS)
def test_nothing_that_can_be_read_tells_a_word_of_it(sea: Sea, who: str) -> None:
    openly = set()
    for target, text in read_by(sea, who):
        assert BORN not in text, (who, target)
        assert SINCE not in text or target.startswith(SENT), (who, target)
        openly |= {target} if OPEN in text else set()
    # Else what was read says little: what is open the desk finds in very many places.
    assert len(openly) > (40 if who == "amira" else 0)


def test_its_reader_and_who_carries_it_out_read_it(sea: Sea) -> None:
    karin, tom = sea.stage.person("karin"), sea.stage.person("tom")
    for word, which in zip((BORN, BORN, SINCE), sea.secret, strict=True):
        assert word in str(karin.get(f"/requests/{which}")["text"])
    (order,) = [each for each in tom.get("/work-orders", requestId=sea.secret[0])["items"] if each["record"]]
    his = tom.get(f"/work-orders/{order['workOrderId']}")
    assert all(BORN in his[name] for name in ("text", "remark", "note"))
    opened = karin.get(f"/requests/{sea.secret[0]}")["confidence"]["openings"]
    assert any(each["name"].startswith("Tom") for each in opened)


def test_no_mail_no_log_and_no_figure_has_a_word_of_it(sea: Sea, system: System) -> None:
    mails = "".join(each.read_text("utf-8", "replace") for each in system.layout.mailbox.glob("*.eml"))
    assert OPEN in mails
    assert BORN not in mails
    logs = {each.name: each.read_text("utf-8", "replace") for each in system.layout.logs.rglob("*.*")}
    assert logs
    assert not [name for name, text in logs.items() if BORN in text or SINCE in text or BESIDE in text]
    for name in ("intake", "dispatch", "monitoring", "notifications", "catalog"):
        figures = requests.get(f"{system.urls[name]}/metrics", timeout=60).text
        assert "_total" in figures
        assert not [word for word in (BORN, SINCE, BESIDE) if word in figures]


# Where its words may lie: in what is shown with the dossier to its readers alone, and with the order to who
# carries it out; and in what a caller was answered, which only the same caller is answered again. Elsewhere,
# and most of all where lists and searches look, there must be none.
MAY_LIE = {
    "intake": {
        "requests.sealed", "requests.waiting", "requests.pledges", "timeline.data", "timeline.internal",
        "corrections.note", "contact_moments.text", "attachments.name", "idempotency.answer",
    },
    "dispatch": {
        "processes.request", "processes.said", "work_orders.note", "work_orders.record",
        "work_orders.evidence", "work_order_history.details", "order_files.name", "idempotency.answer",
    },
}  # fmt: skip


def places_of(url: str, word: str) -> set[str]:
    """The columns in which it stands."""
    listed = (
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    asked = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE {}::text LIKE %s)")
    found = set()
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(listed)
        for table, column in cursor.fetchall():
            names = (sql.Identifier(table), sql.Identifier(column))
            cursor.execute(asked.format(*names), (f"%{word}%",))
            found |= {f"{table}.{column}"} if cursor.fetchone() == (True,) else set()
    return found


@pytest.mark.parametrize("name", ["intake", "dispatch", "monitoring", "notifications", "catalog", "gateway"])
def test_it_lies_where_it_may_and_nowhere_else(sea: Sea, system: System, name: str) -> None:
    found = places_of(system.urls[f"{name} database"], BORN)
    assert found <= MAY_LIE.get(name, set())
    if name == "intake":
        assert "requests.sealed" in found
        since = places_of(system.urls[f"{name} database"], SINCE)
        assert since <= MAY_LIE[name]


def test_a_backup_can_be_read_by_its_owner_alone(sea: Sea, system: System, tmp_path: Path) -> None:
    """It has all, in confidence too."""
    file = tmp_path / "desk.backup"
    system.backup(str(file))
    assert file.stat().st_mode & 0o077 == 0
