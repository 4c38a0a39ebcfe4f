"""The repair list on a screen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from deskcli.importing.api import Json
from deskcli.repairing.desk import Result

COLOURS = {"replayed": "green", "set_aside": "green", "already": "yellow", "refused": "red", "failed": "red"}
# By kind: what a replay does.
REPLAYING = {
    "message": "it is handled again; if its effect was there already, nothing happens",
    "unrouted": "it is published again, to whoever listens now",
    "delivery": "the supplier is called again under the same order number",
    "refusal": "the order is offered again to the same provider; to give it to another, reroute it",
    "unplannable": "the request is planned again",
    "rule": "the rules are looked at again; to give it to somebody by hand, use the dossier",
    "plan": "the work of that date is made, by the plan as it is now",
    "mail": "the same mail is sent again, under the same Message-ID",
}


def causes(console: Console, found: Json, state: str) -> None:
    if not found["items"]:
        console.print(f"Nothing is {state.replace('_', ' ')}.")
    else:
        table = Table(title=f"{found['total']} {state.replace('_', ' ')}, by cause", title_justify="left")
        for name, justify in (("service", "left"), ("number", "right"), ("cause", "left"), ("last", "left")):
            table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
        table.add_column("what is the matter", overflow="fold")
        for row in found["items"]:
            cells = (row["service"], str(row["count"]), row["cause"], _moment(row["lastAt"]), row["reason"])
            table.add_row(*map(escape, cells))
        console.print(table)
    for name in found["unavailable"]:
        console.print(f"[red]{name} did not answer: what failed there is not in this list.[/]")


def lines(console: Console, found: Iterable[Json]) -> int:
    """Answers how many."""
    table = Table()
    for name in ("id", "what", "since", "tries", "state", "note"):
        table.add_column(name, overflow="fold", no_wrap=name == "id")
    for row in found:
        note = f"{row['decidedBy']}: {row['note']}" if row.get("note") else row["reason"]
        cells = (row["failureId"], row["subject"]["label"], _moment(row["failedAt"]), str(row["attempts"]))
        table.add_row(*map(escape, (*cells, row["state"], note)))
    console.print(table)
    return table.row_count


def one(console: Console, found: Json) -> None:
    table = Table(show_header=False, box=None)
    subject = found["subject"]
    facts = {
        "what": subject["label"],
        "service": found["service"],
        "cause": found["cause"],
        "why": found["reason"],
        "state": found["state"],
        "failed": f"{_moment(found['failedAt'])}, after {found['attempts']} tries, {found['times']} times",
        "request": subject.get("requestId"),
        "work order": subject.get("workOrderId"),
        "provider": (subject.get("provider") or {}).get("name"),
        "replay": REPLAYING[found["kind"]] if found["replayable"] else "trying the same again can't help",
    }
    for name, value in facts.items():
        if value:
            table.add_row(f"[bold]{name}[/]", escape(str(value)))
    console.print(table)
    for line in found["history"]:
        console.print(escape(f"{_moment(line['at'])}  {line['state']} by {line['by']}: {line['note']}"))
    if "body" in found:
        console.print("\nThe message, without what may be personal:")
        console.print(escape(json.dumps(found["body"], indent=2, ensure_ascii=False)))


def preview(console: Console, action: str, service: str, cause: str, found: Json) -> None:
    able = found["replayable"] if action == "replay" else found["count"]
    console.print(escape(f"{service}, {cause}: {found['count']} open, {able} of which can be done."))
    labels = [item["subject"]["label"] for item in found["items"]]
    more = f" and {found['count'] - len(labels)} more" if found["count"] > len(labels) else ""
    console.print(escape(f"  {', '.join(labels)}{more}"))


def result(console: Console, outcome: Result) -> None:
    """All that did not go as asked, one by one, and a sentence on the whole."""
    for item in outcome.items:
        if item["detail"]:
            colour, word = COLOURS[item["outcome"]], item["outcome"]
            console.print(f"[{colour}]{word:<9}[/] {escape(item['label'] or item['failureId'])}: ", end="")
            console.print(escape(item["detail"]))
    counts = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in outcome.counts.items())
    rest = f"; {outcome.remaining} still to do, add --all to go on" if outcome.remaining else ""
    console.print(f"{counts or 'nothing was done'}{rest}.")


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone().strftime("%d %b %H:%M:%S")
