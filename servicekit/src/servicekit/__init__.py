"""Plumbing that every service uses; not one word of the domain."""
