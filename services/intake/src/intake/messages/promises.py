"""What comes in over RPC about promises, checked for shape."""

from __future__ import annotations

from intake.domain.pledges import Outcome, What
from intake.messages.fields import Choice, Moment, Text
from intake.messages.shapes import Change, Page


class MakePromise(Change):
    """`what`: a word from the desk, or that it is done."""

    until = Moment(required=True)
    what = Choice(*What, load_default="word")
    text = Text(2_000)


class ListPromises(Page):
    state = Choice(*Outcome)
    what = Choice(*What)
    team = Text(200)
    until_from = Moment()
    until_before = Moment()
    made_from = Moment()
    made_before = Moment()
