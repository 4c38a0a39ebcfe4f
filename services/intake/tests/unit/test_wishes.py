"""Themes of wishes: every cell of their table, what a wisher reads, and which theme is likely."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from intake.domain.errors import NotAllowed
from intake.domain.wishes import ANSWERS, Decision, Theme, ThemeState, likely

from .samples import AMIRA, MONDAY, after

REASON = {"nl": "Het past in het budget.", "en": "It fits the budget."}
CELLS = {
    ("open", "yes"): "yes", ("open", "no"): "no", ("open", "later"): "later",
    ("later", "yes"): "yes", ("later", "no"): "no", ("later", "later"): "later",
}  # fmt: skip


def theme(state: ThemeState = ThemeState.OPEN, number: int = 1, name: str = "Fietspomp") -> Theme:
    return Theme(UUID(int=number), {"nl": name, "en": "Bicycle pump"}, MONDAY, state)


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("state", ThemeState)
def test_each_cell_leads_where_it_should_or_is_forbidden(state: ThemeState, decision: Decision) -> None:
    one, expected = theme(state), CELLS.get((state.value, decision.value))
    if expected is None:
        with pytest.raises(NotAllowed):
            one.decide(decision, REASON, after(1), AMIRA)
        assert (one.state, one.version, one.reason) == (state, 0, None)
    else:
        one.decide(decision, REASON, after(1), AMIRA)
        assert (one.state, one.version, one.is_final) == (expected, 1, expected != "later")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("decision", Decision)
def test_a_wisher_reads_their_own_words_and_the_reason_in_their_language(
    decision: Decision, language: str
) -> None:
    one = theme()
    one.decide(decision, REASON, after(1), AMIRA)
    told = one.answer("een pomp bij de fietsen", language, date(2027, 2, 19))
    assert "een pomp bij de fietsen" in told
    assert REASON[language] in told
    assert ("19-02-2027" in told) is (decision is Decision.LATER)


def test_there_are_words_for_every_decision_in_both_languages() -> None:
    assert set(ANSWERS) == {"nl", "en"}
    assert all(set(each) == set(Decision) for each in ANSWERS.values())


def test_the_theme_with_most_words_in_common_is_likely_and_none_by_chance() -> None:
    pump, plants = theme(), theme(number=2, name="Meer planten in de kantine")
    pump.words = ["Een pomp in de fietsenstalling graag"]
    assert likely("Kan er een fietspomp komen bij de stalling?", [plants, pump])[0] == pump.theme_id
    assert likely("Planten in de kantine zou fijn zijn", [plants, pump])[0] == plants.theme_id
    assert likely("Gratis koffie", [plants, pump]) == []
