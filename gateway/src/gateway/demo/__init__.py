"""What only the demo has: a clock that can be moved, and a look into the mailbox."""
