"""Why an order did not arrive, as dispatch writes it, in the words of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gateway.pages.labels import _
from gateway.pages.words import Words

# What dispatch writes -> how it is said, with the parts that the pattern names.
SAID: Mapping[re.Pattern[str], str] = {
    re.compile(pattern): text
    for pattern, text in (
        (r"No answer within (?P<count>[\d.]+) seconds?\.", _("No answer within %(count)s seconds.")),
        (r"The supplier does not agree: (?P<reason>.+)", _("The supplier does not agree: %(reason)s")),
        (r"(?P<who>\S+) has never been started here\.", _("The supplier is not connected.")),
        (
            r"The message broker (?:can't be reached|went away); try again\.",
            _("The line to suppliers is down."),
        ),
    )
}


def said(words: Words, error: str) -> str:
    """Never raises: what is not known here, such as a supplier's own words, stays as it is."""
    for pattern, text in SAID.items():
        if found := pattern.fullmatch(error):
            return words(text, **found.groupdict())
    return error
