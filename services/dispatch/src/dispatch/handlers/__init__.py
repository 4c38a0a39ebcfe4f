"""Use cases: one function each, given a unit of work."""
