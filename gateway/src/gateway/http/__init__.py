"""HTTP itself: server, routing, bodies, headers, errors. Knows nothing of requests, orders or products."""

import sys

# servicekit's health server has an http.server with real sockets made for it by eventlet, which remembers
# that one and would hand it to eventlet.wsgi as the patched one, empty. Forgotten here, it is made anew.
sys.modules.pop("__patched_module_http.server", None)
