"""Tables and repositories of notifications."""
