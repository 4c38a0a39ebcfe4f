"""Entry points of intake by subject: decode, call a handler, answer. IntakeService is made of them."""
