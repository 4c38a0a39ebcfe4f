"""Plain text mail over SMTP."""
