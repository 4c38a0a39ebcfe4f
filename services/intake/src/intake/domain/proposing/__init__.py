"""What a text is probably about: its kind, its product, its place, and which words say so. A person decides.

Small on purpose and of this house alone: see docs/adr, "Proposals from a model of our own".
"""
