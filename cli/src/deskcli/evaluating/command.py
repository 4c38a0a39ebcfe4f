"""Learns from the older part, asks about the newer part, and prints how often it was right."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import click
from intake.domain.proposing.measuring import Score, score, split
from intake.domain.proposing.model import Label, Model
from rich.console import Console
from rich.table import Table
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.evaluating import pasts
from deskcli.evaluating.pasts import Past
from deskcli.importing.api import Api, ApiError
from deskcli.layout import DESK_STATE, Layout
from deskcli.secret_store import load_or_make

WHO = "amira@meerwal.example"
FEW = 30  # of which less can be said than what it costs to read


@click.command(help="Measure proposals: learn from the older texts, ask about the newer ones.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", help="Of FILE: the columns that make the text, parted by commas.")
@click.option("--label", help="Of FILE: the column with the right answer.")
@click.option("--at", help="Of FILE: the column with the moment.")
@click.option("--dates", default="%Y-%m-%d %H:%M", show_default=True, help="How moments are written.")
@click.option("--once", default="", help="Of FILE: count each value of this column once.")
@click.option("--state", type=click.Path(path_type=Path), default=DESK_STATE, hidden=True)
def command(
    file: Path | None, text: str | None, label: str | None, at: str | None, dates: str, once: str, state: Path
) -> None:
    console = Console()
    if file:
        if not (text and label and at):
            raise click.UsageError("Say which columns: --text, --label and --at.")
        _print_file(console, file, text.split(","), label, at, dates, once)
        return
    _print_past(console, pasts.sample())
    if running := _running(Layout(state)):
        _print_past(console, running)
    else:
        console.print(
            "The desk itself is not running, or not yet filled: start ./desk up to measure its own past."
        )


def _running(layout: Layout) -> Past | None:
    try:
        url = control.ask(layout.run, "status")["url"]
        password = load_or_make(layout.secrets, (), ()).demo_password
        with Api(url, "") as door:
            token = door.post("/sessions", {"email": WHO, "password": password})["token"]
        with Api(url, token) as api:
            return pasts.of_the_desk(api)
    except (EmbeddedError, ApiError):
        return None


def _print_past(console: Console, past: Past) -> None:
    older, newer = split(past.examples)
    for example in older:
        past.knowledge.learn(example)
    began = perf_counter()
    found = {example.text: past.knowledge.propose(example.text) for example in newer}
    took = (perf_counter() - began) / max(1, len(found)) * 1000
    scores = {
        "kind": score(
            older,
            newer,
            lambda each: each.kind,
            lambda each: [guess.what for guess in found[each.text].kinds],
        ),
        "product": score(
            older,
            newer,
            lambda each: each.product_id,
            lambda each: [guess.what for _, guess in found[each.text].products],
        ),
    }
    _print(console, past.about, scores)
    console.print(f"{took:.2f} ms per text.\n")


def _print_file(
    console: Console, file: Path, texts: list[str], label: str, at: str, dates: str, once: str
) -> None:
    try:
        examples = pasts.of_a_file(file, texts, label, at, dates, once)
    except KeyError as error:
        raise click.UsageError(f"{file.name} has no column {error}.") from error
    except ValueError as error:
        raise click.UsageError(f"A moment is written otherwise than --dates says: {error}.") from error
    older, newer = split(examples)
    model = Model()
    for said, answer in older:
        model.learn(said, Label(answer, None))
    proposed = lambda each: [guess.what for guess in model.guess(each[0], lambda found: found.kind)]  # noqa: E731
    _print(console, file.name, {label: score(older, newer, lambda each: each[1], proposed)})


def _print(console: Console, title: str, scores: dict[str, Score]) -> None:
    console.print(title)
    table = Table(
        "of the newer part", "learnt", "asked", "proposed", "first right", "among three", "most frequent"
    )
    for what, each in scores.items():
        table.add_row(
            what,
            str(each.learnt),
            str(each.asked),
            _share(each.shown, each.asked),
            f"{_share(each.first, each.shown)} ({_share(each.first, each.asked)} of all)",
            f"{_share(each.among, each.shown)} ({_share(each.among, each.asked)} of all)",
            f"{_share(each.usual_first, each.asked)}, {_share(each.usual_among, each.asked)} among three",
        )
    console.print(table)
    if any(each.asked < FEW for each in scores.values()):
        console.print(f"Fewer than {FEW} were asked: too few to say much.")


def _share(count: int, of: int) -> str:
    return f"{count / of:.0%}" if of else "–"
