"""The ways to the outside world."""
