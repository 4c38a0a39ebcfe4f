"""A copy of everything that this installation knows, and the way back from it."""
