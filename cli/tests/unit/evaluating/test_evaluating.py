"""`./desk evaluate` on the texts that come with the house and on a file of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from deskcli.evaluating import command, pasts
from intake.domain.proposing.measuring import score, split

FILE = "at,what,group\n" + "".join(
    f"2026-01-{day:02} 10:00,{text},{group}\n"
    for day in range(1, 29)
    for text, group in [("Symptom 12", "a"), ("printer jam", "b")]
)


def test_it_prints_how_often_it_was_right_beside_the_most_frequent(tmp_path: Path) -> None:
    printed = CliRunner(env={"COLUMNS": "200"}).invoke(command, ["--state", str(tmp_path)]).output
    for word in ("kind", "product", "first right", "most frequent", "not running"):
        assert word in printed.replace("\n", " "), printed


def test_the_texts_that_come_with_the_house_are_mostly_understood() -> None:
    """Learnt from the older part, asked about the newer one: what the README says, with some room."""
    past = pasts.sample()
    older, newer = split(past.examples)
    for example in older:
        past.knowledge.learn(example)
    found = score(
        older,
        newer,
        lambda each: each.product_id,
        lambda each: [guess.what for _, guess in past.knowledge.propose(each.text).products],
    )
    assert found.first >= 0.8 * found.shown
    assert found.among >= 0.65 * found.asked
    assert found.usual_first <= 0.1 * found.asked


def test_any_file_with_texts_labels_and_moments_will_do(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text(FILE, encoding="utf-8")
    asked = [str(path), "--text", "what", "--label", "group", "--at", "at"]
    assert "100% (100% of all)" in CliRunner(env={"COLUMNS": "200"}).invoke(command, asked).output


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--label", "team"], "has no column 'team'"),
        (["--dates", "%d/%m/%Y"], "written otherwise"),
        (["--at", ""], "Say which columns"),
    ],
)
def test_what_is_wrong_with_the_question_is_said(tmp_path: Path, changed: list[str], said: str) -> None:
    path = tmp_path / "past.csv"
    path.write_text(FILE, encoding="utf-8")
    asked = [str(path), "--text", "what", "--label", "group", "--at", "at", *changed]
    found = CliRunner().invoke(command, asked)
    assert found.exit_code == 2
    assert said in found.output.replace("\n", " ")
