"""Messages to people about their requests."""
