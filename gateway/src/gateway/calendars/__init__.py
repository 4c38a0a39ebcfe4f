"""The work of a team in the calendar of each of its people: a secret address each, and what it answers."""
