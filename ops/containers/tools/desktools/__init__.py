"""What runs in containers around the services: at the start, and for the demo."""
