"""The story, chapter by chapter; importing it fills the list of steps, in this order."""

from deskcli.walk.chapters import fault, clocks, desk, move, supplier_away, finding, files  # noqa: F401, I001

# The order of the import is the order of the story.
