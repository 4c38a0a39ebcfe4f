"""Every template in every language says what it must, and nothing breaks out of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import notifications
import pytest
from jinja2 import UndefinedError
from notifications.channels.mail.composing import MAX_SUBJECT, compose, moment
from notifications.domain.messages import LANGUAGES, Template

ZONE = "Europe/Amsterdam"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
COMMON = {
    "reference": "SD-26-000123",
    "summary": "Radiator",
    "name": "Sanne",
    "organisation": "Meerwal",
    "follow": "",
}
LINK = "https://desk.example/follow/…"
VALUES: dict[Template, list[dict[str, Any]]] = {
    Template.RECEIPT: [
        {"respond_by": AT, "resolve_by": by, "kind": kind}
        for kind, by in (("fault", AT), (None, None), ("wish", AT))
    ],
    Template.QUESTION: [{"question": "Welke deur?"}],
    Template.READY: [
        {"closes_at": AT, "round": 1, "text": None},
        {"closes_at": AT, "round": 2, "text": "De pomp is vervangen."},
    ],
    Template.CORRECTED: [
        {
            "product": True,
            "product_name": name,
            "assessed": assessed,
            "appointment": AT,
            "provider": True,
            "promise": True,
            "respond_by": AT,
            "resolve_by": by,
        }
        for name, assessed, by in (("Lekkage", False, AT), (None, False, None), (None, True, AT))
    ],
    Template.UPDATE: [{"text": "De monteur komt morgen."}],
    Template.REMEDY: [{"text": "De vloer is opnieuw gedweild."}, {"text": None}],
    Template.PROMISE: [
        {"what": what, "until": datetime(2026, 3, 4, 16, tzinfo=UTC), "text": text}
        for what, text in (("word", "Het onderdeel is besteld."), ("result", None))
    ],
    Template.APPOINTMENT: [
        {"title": "Storing verhelpen", "provider": "Vonk & Val", "windows": [{"start": AT, "until": AT}] * 2}
    ],
    Template.NOBODY_CAME: [
        {
            "title": "Storing verhelpen",
            "provider": "Vonk & Val",
            "planned_from": moment,
            "until": datetime(2026, 3, 4, 16, tzinfo=UTC),
        }
        for moment in (datetime(2026, 3, 3, 9, tzinfo=UTC), None)
    ],
    Template.ORDER: [
        {
            "number": "SD-26-000123-1",
            "news": news,
            "title": "Extra schoonmaak",
            "location": "De Sluis / 3.12",
            "due_at": AT,
            "planned_from": None,
            "owes": owes,
            "reason": None,
            "together": ["SD-26-000124-1"] if news == "stopped" else [],
            "order": "https://desk.example/orders/…",
        }
        for news, owes in (
            *((news, None) for news in ("issued", "changed", "stopped")),
            *(("reminded", of) for of in ("unanswered", "unplanned", "unstarted", "no_show", "wordless")),
        )
    ],
    Template.VISIT: [
        {
            "news": news,
            "note": "Eén ladder",
            "location": "De Sluis",
            "planned_from": moment,
            "orders": [
                {"number": number, "title": "Lamp", "location": "De Sluis / 3.12", "planned_from": None}
                for number in ("SD-26-000123-1", "SD-26-000124-1")
            ],
            "joined": ["SD-26-000124-1"],
            "left": ["SD-26-000125-1"],
            "link": "https://desk.example/orders/…",
            "team": team,
        }
        for news, moment in (("planned", AT), ("changed", None), ("moved", AT))
        for team in (True, False)
    ],
    Template.COUNTER: [
        {
            "news": news,
            "what": "Sleutel archief",
            "item_number": "K-101",
            "place": None,
            "due_on": AT.date(),
            "reminder": reminder,
            "visitor": {"name": "Mw. Postma", "company": company},
        }
        for news, reminder in (("overdue", 1), ("overdue", 2), ("parcel", 0), ("parcel", 1), ("visitor", 0))
        for company in ("Gemeente", None)
    ],
    Template.REOPENED: [{"reason": "Weer koud."}],
    Template.APPROVAL: [
        {
            "requester": "Daan",
            "product": "Lunch",
            "estimate_cents": cents,
            "note": note,
            "extra_work_by": extra,
            "reminder": reminder,
            "approve": "https://desk.example/approve/…",
        }
        for cents, note, extra in ((123_456, "Drie offertes.", "Vonk & Val"), (None, None, None))
        for reminder in (0, 2)
    ],
    Template.CLOSED: [
        {"resolution": resolution, "answer": answer, "unheard": resolution == "unheard"}
        for resolution in ("answered", "rejected", "merged", "solved", "unheard")
        for answer in ("Om 19.00 uur.", None)
    ],
}
CASES = [
    (template, language, values)
    for template in Template
    for language in LANGUAGES
    for values in VALUES[template]
]


@pytest.mark.parametrize(("template", "language", "values"), CASES)
def test_every_text_is_whole(template: Template, language: str, values: dict[str, Any]) -> None:
    subject, body = compose(template, language, ZONE, COMMON | values)
    assert subject.startswith(("SD-26-000123: ", "SD-26-000123-1: ", "Bezoek van 2 ", "Visit of 2 "))
    assert "Sanne" in body
    assert body.rstrip().endswith("Meerwal")
    assert "None" not in body
    for value in values.values():
        if isinstance(value, str) and value.endswith("."):
            assert value in body


def test_a_cost_is_written_as_money() -> None:
    values = VALUES[Template.APPROVAL][0]
    assert "€ 1.234,56" in compose(Template.APPROVAL, "nl", ZONE, COMMON | values)[1]
    assert "€1,234.56" in compose(Template.APPROVAL, "en", ZONE, COMMON | values)[1]


@pytest.mark.parametrize(
    ("template", "language", "values"),
    [
        each
        for each in CASES
        if each[0] not in (Template.APPROVAL, Template.ORDER, Template.VISIT, Template.COUNTER)
    ],
)
def test_every_text_has_the_readers_link_on_a_line_of_its_own(
    template: Template, language: str, values: dict[str, Any]
) -> None:
    _, body = compose(template, language, ZONE, COMMON | values | {"follow": LINK})
    assert [line for line in body.splitlines() if "/follow/" in line] == [f"  {LINK}"]
    assert body.rstrip().endswith("Meerwal")
    after = body.partition(LINK)[2]
    assert after.startswith("\n\n")
    assert "\n\n\n" not in after


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_in_the_organisations_zone(language: str) -> None:
    assert "10:00" in moment(AT, language, ZONE)


def test_weekdays_are_in_the_readers_language() -> None:
    assert moment(AT, "nl", ZONE) == "dinsdag 24 november om 10:00"
    assert moment(AT, "en", ZONE) == "Tuesday 24 November at 10:00"


def test_a_summary_cannot_add_a_header() -> None:
    evil = COMMON | {"summary": "cold\r\nBcc: all@example.org\n\nbody"}
    subject, _ = compose(Template.REOPENED, "en", ZONE, evil | {"reason": "x"})
    assert "\n" not in subject
    assert len(subject) <= MAX_SUBJECT


def test_a_value_is_never_run_as_a_template() -> None:
    _, body = compose(Template.REOPENED, "en", ZONE, COMMON | {"reason": "{{ organisation }}{% if %}"})
    assert "{{ organisation }}{% if %}" in body


def test_a_missing_value_is_a_fault_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        compose(Template.READY, "nl", ZONE, COMMON)


def test_both_languages_have_the_same_templates() -> None:
    folder = Path(notifications.__file__).parent / "templates"
    names = {language: {path.name for path in (folder / language).iterdir()} for language in LANGUAGES}
    assert names["nl"] == names["en"] == {f"{template}.txt" for template in Template}


def test_the_counter_says_what_should_be_back_and_when_it_should_have_been() -> None:
    values = VALUES[Template.COUNTER][0]
    _, body = compose(Template.COUNTER, "nl", ZONE, COMMON | values)
    assert "K-101 Sleutel archief" in body
    assert "dinsdag 24 november" in body


@pytest.mark.parametrize("values", VALUES[Template.VISIT])
def test_a_visit_names_its_orders_the_moment_and_the_place_and_ends_whole(values: dict[str, Any]) -> None:
    _, body = compose(Template.VISIT, "nl", ZONE, COMMON | values)
    assert "SD-26-000123-1  Lamp\n    De Sluis / 3.12\n  SD-26-000124-1  Lamp\n" in body
    assert "Waar: De Sluis\n" in body
    assert ("Wanneer: dinsdag 24 november om 10:00" in body) == (values["planned_from"] is not None)
    assert "\n\n\n" not in body


def test_what_goes_by_itself_again_is_named_and_has_no_link() -> None:
    off = {"news": "apart", "orders": [], "left": ["SD-26-000123-1", "SD-26-000124-1"], "link": ""}
    subject, body = compose(Template.VISIT, "nl", ZONE, COMMON | VALUES[Template.VISIT][0] | off)
    assert subject == "Bezoek gaat niet samen: SD-26-000123-1, SD-26-000124-1"
    assert "gaat weer apart: SD-26-000123-1, SD-26-000124-1." in body
    assert "\n\n\n" not in body
