"""One function per use case: `(work, command...) -> dict`. Nothing here knows about the broker."""
