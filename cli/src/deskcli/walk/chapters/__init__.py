"""One file per chapter of the story."""
