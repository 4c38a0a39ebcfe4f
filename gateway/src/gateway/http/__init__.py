"""HTTP itself: server, routing, bodies, headers, errors. Knows nothing of requests, orders or products."""
