"""Tables and repositories: rows to domain objects and back."""
