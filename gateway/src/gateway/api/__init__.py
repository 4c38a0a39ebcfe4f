"""The HTTP API: JSON in, JSON out. `operation.py` says what a route is, `v1/` has the routes, `schemas/` the
shapes."""
