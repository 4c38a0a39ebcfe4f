"""Import this before anything else in a process that runs greenlets.

prometheus_client comes first on purpose: its locks must be real ones, since the health server's own thread
reads it.
"""

import os
import warnings

# Threads are for password hashes alone; each that has hashed keeps the memory that it took.
os.environ.setdefault("EVENTLET_THREADPOOL_SIZE", "2")

with warnings.catch_warnings():
    # nameko 2 is built on eventlet and pkg_resources; both announce their age at import, both are pinned.
    warnings.simplefilter("ignore")
    import eventlet
    import prometheus_client  # noqa: F401

    eventlet.monkey_patch()
