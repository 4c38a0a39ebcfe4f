"""What the catalogue says is wrong with a draft, in the visitor's language. What is not known is shown as the
catalogue says it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gateway.pages.labels import _
from gateway.pages.words import Words

# What differs from time to time is put into the translation.
TEXTS = (
    _("Use small letters and digits with single hyphens, such as 'desk-lamp'; 80 at most."),
    _("Start with a small letter; then small letters, digits, '-' or '_'; 40 at most."),
    _("Another %(what)s has the key '%(key)s'. Give each its own."),
    _("Use one of: %(names)s."),
    _("Use %(limit)s characters at most."),
    _("Use %(limit)s characters at most for each."),
    _("Name the group of products it belongs to."),
    _("Give it a name as the requester would say it."),
    _("Use a whole number from 1 to %(most)s: two years at most."),
    _("Give the amount in whole cents, 0 or more."),
    _("What is in the basic package is not on quote: make it bespoke."),
    _("What is charged has a price: fixed, or a tariff."),
    _("What is made to measure is on quote: choose that price, or another package."),
    _("Write the question as the requester will read it."),
    _("Write it as the requester will read it."),
    _("Write it as somebody would say it."),
    _("Offer 2 to %(limit)s choices."),
    _("Use 1 to %(limit)s characters."),
    _("The value '%(value)s' is there already."),
    _("Name a question that stands above this one."),
    _("Name a question with choices, or one that is answered yes or no."),
    _("Name at least one answer."),
    _("'%(answer)s' is no answer to that question. Use one of: %(names)s."),
    _("Say in a few words what is done in this step."),
    _("Give the provider's slug, such as 'huisdienst'."),
    _("There is no team or supplier '%(slug)s'. Choose one that exists, or make it first."),
    _("The process takes longer than is promised. Promise more time, or give the steps less."),
    _("Give the role as providers have it, such as 'plumbing'."),
    _("There is no step '%(key)s'. Name other steps (%(names)s)."),
    _("There is no step '%(key)s'. There are no other steps to wait for."),
    _("Name each step once."),
    _("Use %(limit)s points at most."),
    _("Say in a few words what to look at."),
    _("These steps wait for each other: %(circle)s. Remove one of the dependencies."),
    _("This step is never reached: it waits for %(names)s, which can't be completed."),
    _("Add at least one step: someone has to carry it out."),
    _("Use %(limit)s steps at most."),
    _("Ask %(limit)s questions at most."),
    _("A product that was published keeps its short name."),
    _("Another product has this short name. Choose another."),
    _("Choose a moment in the future, within two years."),
    _("Write it in at least one language."),
    _("There is no product %(names)s."),
    _("Another article has this short name. Choose another."),
    _("An article that was published keeps its short name."),
    _("There is a draft of this article: publish or discard it first."),
    # Of a file that is brought in.
    _("Write a whole number."),
    _("Write yes or no."),
    _("Write %(names)s."),
    _("Give it a slug."),
    _("Give it a slug: by it the other sheets know it."),
    _("%(slug)s stands on an earlier row too."),
    _("There is no row for %(slug)s on the sheet products."),
    _("This product has no %(what)s with the key %(key)s."),
    _("One question can depend on one other only."),
    _("There is no such column. Those there are: %(names)s."),
    _("There is no such sheet. Those there are: %(names)s."),
    _("There is a draft of this product: publish or discard it first."),
    _("This slug stands in the file twice."),
    _("There is no product %(names)s, here or in the file."),
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(text)))


PATTERNS = tuple((_pattern(text), text) for text in TEXTS)


def in_words(words: Words, message: str) -> str:
    for pattern, text in PATTERNS:
        if found := pattern.fullmatch(message):
            return words(text, **found.groupdict())
    return message


def all_in_words(words: Words, problems: Mapping[str, list[str]]) -> dict[str, str]:
    """The first problem of each field."""
    return {field: in_words(words, texts[0]) for field, texts in problems.items() if texts}
