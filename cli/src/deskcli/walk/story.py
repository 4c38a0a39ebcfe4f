"""The story, chapter by chapter; importing it fills the list of steps, in this order."""

from deskcli.walk.chapters import (  # noqa: F401, I001
    fault, clocks, proposals, desk, move, appointment, visit, team, silence, routing, supplier_away, finding,
    files, budget, kwis, promises, mails, repeats, planned, callers,
)  # fmt: skip

# The order of the import is the order of the story.
