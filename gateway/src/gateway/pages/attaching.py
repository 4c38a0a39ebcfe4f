"""Files in a form: those that came in it, and those that it brought along from a time when it was not right
yet.
"""

from __future__ import annotations

from collections.abc import Mapping

from servicekit.errors import Invalid

from gateway.files.refusals import FileRefused
from gateway.files.taking import MOST_AT_ONCE
from gateway.pages.labels import _
from gateway.pages.visit import Visit

# By code; the services' own texts are for programs.
REFUSALS: Mapping[str, str] = {
    "file_missing": _("Choose a file first."),
    "file_empty": _("“%(name)s” is empty. Choose it again."),
    "file_too_large": _("“%(name)s” is too large: at most %(limit)s MB."),
    "file_kind": _(
        "“%(name)s” is not a file that we can take. Send a photo, a PDF, plain text or an office file."
    ),
    "file_broken": _("“%(name)s” can't be opened: it is damaged. Send it again."),
    "picture_too_large": _("“%(name)s” has too many pixels. Make the picture smaller."),
    "file_swells": _("“%(name)s” unpacks to far more than it seems. We do not take it."),
    "file_infected": _("“%(name)s” holds something harmful, says the virus scanner. We do not take it."),
    "too_many_files": _("Send at most %(limit)s files at once; the rest can follow in a next message."),
    "files_not_taken": _("We can't take files here. Send it without."),
}


def attached(visit: Visit, bearer: str) -> list[str]:
    """Receipts for all of them. What is fine is remembered on the visit, so that a page which says what is
    wrong need not ask for it again. Raises FileRefused and Unavailable.
    """
    taking = visit.house.files
    for receipt in visit.form.many("attachment"):
        try:
            visit.attached[receipt] = taking.receipts.read(receipt, bearer)
        except Invalid:
            continue  # too old: the visitor sees that it is not there
    if len(visit.attached) + len(visit.form.files) > MOST_AT_ONCE:
        raise FileRefused("too_many_files", limit=MOST_AT_ONCE)
    for file in visit.form.files:
        (receipt,) = taking.take([file], bearer)
        visit.attached[receipt] = taking.receipts.read(receipt, bearer)
    return list(visit.attached)


def refusal(visit: Visit, refused: FileRefused) -> str:
    """In the visitor's language."""
    return visit.words(REFUSALS[refused.code], name=refused.name, limit=refused.limit)
