"""What each resource asks of which service, one row each: a table by whom it asks."""
