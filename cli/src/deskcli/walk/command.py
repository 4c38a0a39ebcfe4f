"""Plays the steps, prints a readable line for each with the time it took, and fails when one does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click
from servicekit.embedded.programs import EmbeddedError

from deskcli import control
from deskcli.layout import DESK_STATE, Layout
from deskcli.secret_store import load_or_make
from deskcli.walk import story  # noqa: F401  (fills STEPS)
from deskcli.walk.failures import StepFailed
from deskcli.walk.stage import STEPS, Stage, Step


@click.command(help="Play the main job against the running desk, step by step.")
@click.option("--state", type=click.Path(path_type=Path), default=DESK_STATE, hidden=True)
@click.option("--url", help="The desk's address; by default that of the running ./desk up.")
@click.option("--password", help="The demo password; by default that of the running ./desk up.")
def command(state: Path, url: str | None, password: str | None) -> None:
    layout = Layout(state)
    local = url is None
    try:
        address = url or control.ask(layout.run, "status")["url"]
    except EmbeddedError as error:
        raise click.ClickException(str(error)) from error
    stage = Stage(
        address=address,
        password=password or load_or_make(layout.secrets, (), ()).demo_password,
        control=(lambda order, **arguments: control.ask(layout.run, order, **arguments)) if local else None,
    )
    sys.exit(0 if play(stage, click.echo) else 1)


def play(stage: Stage, say: Callable[[str], None] = print, steps: Iterable[Step] = STEPS) -> bool:
    """Whether every step went well; stops at the first that did not."""
    began, chapter, number = time.monotonic(), "", 0
    for number, step in enumerate(steps, 1):
        if step.chapter != chapter:
            chapter = step.chapter
            say(f"\n{chapter}")
        line, good = _play_one(stage, step)
        say(f"  {number:2}. {line}")
        if not good:
            return False
    waited = f", of which {stage.waited():.1f} s waiting for a part to come back" if stage.waited() else ""
    say(f"\nAll {number} steps passed in {time.monotonic() - began:.1f} s{waited}.")
    return True


def _play_one(stage: Stage, step: Step) -> tuple[str, bool]:
    if step.needs_control and stage.control is None:
        return f"skipped  {step.title}: needs the ./desk up of this machine", True
    began = time.monotonic()
    try:
        seen = step.play(stage)
    except (StepFailed, KeyError, IndexError, StopIteration, EmbeddedError) as error:
        return f"FAILED   {step.title}\n           {type(error).__name__}: {error}", False
    return f"{_duration(time.monotonic() - began)}  {step.title}\n             {seen}", True


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:5.0f} ms" if seconds < 10 else f"{seconds:6.1f} s"
