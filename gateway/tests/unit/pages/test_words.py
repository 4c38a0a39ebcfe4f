"""No page has a text that is not translated, and no translation has lost its page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from gateway.pages.words import best_language, catalogue, words

import gateway

SOURCE = Path(gateway.__file__).parent
# Where texts are marked: the first argument of these, in templates and in Python. What `visit.go` says is
# translated on the way.
MARKS = frozenset({"_", "words", "_words", "many"})
TEMPLATES = [("templates/**.html", "jinja2")]
LOUD = {
    "templates/**.html": {"silent": "false"}
}  # else a template that it cannot read counts as without texts
SAID = re.compile(r'visit\.go\(\s*[^,]+,\s*"([^"]+)"', re.DOTALL)
MANY = re.compile(r"""\.many\(\s*(['"])(.+?)\1""")
PLACES = re.compile(r"%\((\w+)\)s")


def texts_of_pages() -> Iterator[tuple[str, str]]:
    for file, _line, message, *_ in extract_from_dir(SOURCE, TEMPLATES, LOUD, keywords={"_": None}):
        yield message, file
    for path in (SOURCE / "templates").rglob("*.html"):
        for _quote, text in MANY.findall(path.read_text(encoding="utf-8")):
            yield text, path.name
    for path in (SOURCE / "pages").rglob("*.py"):
        content = path.read_text(encoding="utf-8")
        for text in [*SAID.findall(content), *marked(ast.parse(content))]:
            yield text, str(path.relative_to(SOURCE))


def marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            # `form.many("field")` is another many.
            if (
                name in MARKS
                and isinstance(node.args[0].value, str)
                and (name != "many" or len(node.args) > 2)
            ):
                yield node.args[0].value


USED = {text: file for text, file in texts_of_pages() if text}
DUTCH = {(each.id[0] if isinstance(each.id, tuple) else each.id): each for each in catalogue("nl") if each.id}


def test_every_text_of_the_pages_is_there_in_dutch() -> None:
    missing = sorted(f"{text!r} ({file})" for text, file in USED.items() if text not in DUTCH)
    assert missing == []


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    """Texts with numbers may stand in a table, so it is enough that they stand somewhere."""
    written = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "pages").rglob("*.py"))
    assert sorted(text for text in set(DUTCH) - set(USED) if f'"{text}"' not in written) == []


@pytest.mark.parametrize("text", sorted(DUTCH))
def test_a_translation_is_whole_and_has_the_same_places(text: str) -> None:
    message = DUTCH[text]
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    assert all(forms)
    assert not message.fuzzy
    for form in forms:
        assert set(PLACES.findall(form)) <= set(PLACES.findall(text)) | {"count"}


def test_the_language_is_what_was_chosen_else_that_of_the_account_else_that_of_the_browser() -> None:
    assert best_language("en", "nl", "nl") == "en"
    assert best_language("", "en", "nl") == "en"
    assert best_language("", "", "fr-FR, en;q=0.8, nl;q=0.2") == "en"
    assert best_language("", "", "fr") == "nl"


def test_localised_data_falls_back_to_what_is_there() -> None:
    assert words("en").of({"nl": "Lamp"}) == "Lamp"
    assert words("nl").of(None) == ""
