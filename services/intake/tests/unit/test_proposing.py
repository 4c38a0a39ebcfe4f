"""What a text is probably about: words, reasons, silence where there is too little; how it is measured."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.domain.proposing import places
from intake.domain.proposing.knowledge import Chosen, Knowledge, Offered
from intake.domain.proposing.measuring import Score, score, split
from intake.domain.proposing.words import features


def offered(slug: str, kind: str, *said: str) -> Offered:
    return Offered.from_fact(
        {
            "product_id": slug,
            "version": 1,
            "slug": slug,
            "name": {"nl": said[0], "en": said[1]},
            "kind": kind,
            "questions": [],
            "examples": {"yes": [{"nl": text, "en": text} for text in said[2:]], "no": []},
        }
    )


HEATING = offered("heating", "fault", "Verwarming defect", "Heating broken", "De radiator blijft koud.")
LUNCH = offered("lunch", "order", "Lunch", "Lunch", "Broodjes voor tien personen.")


@pytest.fixture
def knowledge() -> Knowledge:
    known = Knowledge()
    known.offer(HEATING)
    known.offer(LUNCH)
    return known


def products(known: Knowledge, text: str) -> list[str]:
    return [guess.what for _, guess in known.propose(text).products]


# --- words ---


def test_numbers_and_common_words_say_nothing() -> None:
    assert set(features("12 de 2.07 het")) == set()


def test_accents_and_capitals_make_no_difference_but_words_are_shown_as_written() -> None:
    seen = features("Geïnstalleerd")
    assert seen["geinstalleerd"].word == "Geïnstalleerd"
    assert seen.keys() == features("geinstalleerd").keys()


def test_a_compound_and_a_slip_of_the_pen_look_like_the_word_meant(knowledge: Knowledge) -> None:
    for text in ("De verwarmingsketel is stuk", "verwarmimg stuk", "radiatoren koud"):
        assert products(knowledge, text)[:1] == ["heating"], text


# --- proposing ---


def test_the_reasons_are_words_of_the_text(knowledge: Knowledge) -> None:
    (_, guess), *_ = knowledge.propose("Bij ons is de Radiator ijskoud geworden").products
    assert guess.because[0] == "Radiator"


@pytest.mark.parametrize("text", ["Hallo", "qwerty asdf", "12345", "", "De het een"])
def test_there_is_silence_where_there_is_too_little(knowledge: Knowledge, text: str) -> None:
    assert products(knowledge, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hoe laat gaat het gebouw open?", "information"),
        ("What are the opening hours on Friday?", "information"),
        ("Ik ben niet tevreden, niemand belt terug.", "complaint"),
        ("It would be great to have more choice.", "wish"),
        ("Het werkt niet meer, er is een storing.", "fault"),
        ("I would like to order two of these.", "order"),
    ],
)
def test_kinds_are_known_on_the_first_day(text: str, kind: str) -> None:
    assert Knowledge().propose(text).kinds[0].what == kind


def test_a_complaint_about_a_product_is_learnt_as_one(knowledge: Knowledge) -> None:
    knowledge.learn(Chosen("De lunch was koud en te laat", "complaint", "lunch"))
    proposed = knowledge.propose("Lunch weer koud en te laat")
    assert proposed.kinds[0].what == "complaint"
    assert proposed.products[0][0].ref.slug == "lunch"


def test_what_is_taken_back_is_not_proposed_and_what_was_learnt_of_it_stays(knowledge: Knowledge) -> None:
    knowledge.learn(Chosen("Het piept in de leiding", "fault", "heating"))
    knowledge.take_back("heating")
    assert products(knowledge, "Het piept in de leiding") == []
    knowledge.offer(HEATING)
    assert products(knowledge, "Het piept in de leiding") == ["heating"]


TEXTS = ("radiator koud", "broodjes te laat", "piept weer", "lamp stuk boven de radiator", "Graag lunch")
CHOICES = st.lists(
    st.tuples(
        st.sampled_from(TEXTS), st.sampled_from(["fault", "order", None]), st.sampled_from(["heating", None])
    ),
    max_size=12,
)


@settings(deadline=None)
@given(choices=CHOICES, wrong=CHOICES, seed=st.integers(0, 1000))
def test_neither_the_order_nor_what_was_put_right_makes_a_difference(
    choices: list[Any], wrong: list[Any], seed: int
) -> None:
    """Replicas hear of things in different orders, and must propose the same."""
    one, other = Knowledge(), Knowledge()
    other.offer(LUNCH)
    for choice in wrong:
        other.learn(Chosen(*choice))
    shuffled = random.Random(seed).sample(choices, len(choices))
    for choice in choices:
        one.learn(Chosen(*choice))
    for choice in shuffled:
        other.learn(Chosen(*choice))
    for choice in wrong:
        other.forget(Chosen(*choice))
    one.offer(HEATING)
    one.offer(LUNCH)
    other.offer(HEATING)
    for text in TEXTS:
        assert one.propose(text) == other.propose(text)


# --- places ---


def place(number: int, name: str, path: str, usual: bool = False) -> places.Candidate:
    rest = name.partition(" ")[2]
    return places.Candidate(
        UUID(int=number), name, path, places.spelling(name), places.spelling(rest) or None, usual
    )


SLUIS = place(1, "De Sluis", "De Sluis")
KADE = place(2, "De Kade", "De Kade")
ROOM = place(3, "2.07", "De Sluis / Verdieping 2 / 2.07")
SLUIS_1 = place(4, "Verdieping 1", "De Sluis / Verdieping 1")
KADE_1 = place(5, "Verdieping 1", "De Kade / Verdieping 1")
VOLKERAK = place(6, "Vergaderzaal Volkerak", "De Sluis / Verdieping 3 / Vergaderzaal Volkerak")
TOILETS = place(7, "Toiletten De Kade", "De Kade / Begane grond / Toiletten De Kade")
PANTRY = place(8, "Pantry De Kade", "De Kade / Verdieping 1 / Pantry De Kade")
GROUND = place(9, "Begane grond", "De Kade / Begane grond")
K103 = place(10, "K1.03", "De Kade / Verdieping 1 / K1.03")
ALL = [SLUIS, KADE, ROOM, SLUIS_1, KADE_1, VOLKERAK, TOILETS, PANTRY, GROUND, K103]


def named(text: str, *candidates: places.Candidate) -> list[str]:
    mentioned = places.mentioned(text)
    known = [
        each
        for each in candidates or ALL
        if each.usual or {each.spelling, each.rest} & set(mentioned.spellings)
    ]
    return [each.candidate.path for each in places.found(known, mentioned)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De lamp op 2.07 is stuk.", [ROOM.path]),
        ("in kamer 207, bij het raam", [ROOM.path]),
        ("room 2-07", [ROOM.path]),
        ("k 1.03 is koud", [K103.path]),
        ("Geen beeld in Volkerak!", [VOLKERAK.path]),
        ("tweede en eerste verdieping van De Kade", [KADE_1.path]),
        ("on the first floor of De Kade", [KADE_1.path]),
        ("Toiletten De Kade zijn vies", [TOILETS.path]),
        ("begane grond", [GROUND.path]),
        ("Het stinkt in De Kade", [KADE.path]),
    ],
)
def test_a_place_is_found_however_it_is_said(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize("text", ["207 broodjes graag", "om 2 uur", "EUR 207"])
def test_what_only_looks_like_a_place_is_none(text: str) -> None:
    assert named(text) == []


def test_of_two_floors_with_one_name_the_one_in_ones_own_building_comes_first() -> None:
    own = place(3, "2.07", "De Sluis / Verdieping 2 / 2.07", usual=True)
    assert named("eerste verdieping", SLUIS_1, KADE_1, own) == [SLUIS_1.path, KADE_1.path]


def test_where_one_usually_is_stands_in_only_when_no_place_is_named() -> None:
    own = place(3, "2.07", "De Sluis / Verdieping 2 / 2.07", usual=True)
    assert named("Het is koud", own) == [own.path]
    assert named("Het is koud in Volkerak", own, VOLKERAK) == [VOLKERAK.path]


def test_a_long_text_asks_for_no_more_than_it_should() -> None:
    assert len(places.mentioned("woord " * 10_000).spellings) <= places.MOST_WORDS * places.LONGEST_NAME


# --- measuring ---


def test_the_newer_part_is_what_is_asked_about() -> None:
    older, newer = split([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    assert (older, newer) == ([1, 2, 3, 4, 5, 6, 7], [8, 9, 10])


def test_a_score_counts_by_hand() -> None:
    answers = {1: ["a"], 2: ["b", "a"], 3: [], 4: ["c"]}
    found = score(
        "aab", [1, 2, 3, 4], lambda each: each if isinstance(each, str) else "a", answers.__getitem__
    )
    assert found == Score(learnt=3, asked=4, shown=3, first=1, among=2, usual_first=4, usual_among=4)
