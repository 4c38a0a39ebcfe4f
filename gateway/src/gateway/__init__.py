"""The single point of contact: HTTP API, sign-in, and later the pages."""
