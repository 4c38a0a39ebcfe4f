"""The shapes of the API: what may be sent (strict) and what is answered (for the documentation and the
tests)."""
