"""The table of pages: what is above a goal is marked, and every page of the browser tests is in it."""

from __future__ import annotations

from deskcli.bench.pages.command import DEMO, MANY, table
from deskcli.bench.pages.looking import Looked, places


def test_every_page_is_looked_at_once_by_each_who_opens_it() -> None:
    found = places()
    assert len(found) == len(set(found))
    assert {("amira", "/desk"), ("karin", "/manage"), (None, "/")} <= set(found)


def test_what_is_slow_heavy_or_broken_is_marked() -> None:
    looked = [
        Looked("amira", "/desk", {DEMO: [10.0] * 20, MANY: [20.0] * 20}, weight=50 * 1024),
        Looked("tom", "/team", {DEMO: [10.0], MANY: [20.0] * 18 + [150.0] * 2}, weight=150 * 1024),
        Looked("info@bezemwijs.example", "/supplier", faults=["503 with demo"]),
    ]
    good, bad, broken = table(looked).splitlines()[2:]
    assert good == "| `/desk` | amira | 10 | 10 | 20 | 20 | 50 |  |"
    assert bad == "| `/team` | tom | 10 | 10 | 20 | 150 | 150 | p95 over 100, heavy |"
    assert broken == "| `/supplier` | bezemwijs | 0 | 0 | 0 | 0 | 0 | 503 with demo |"
