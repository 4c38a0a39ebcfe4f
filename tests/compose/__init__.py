"""The system in containers, on a real engine."""
