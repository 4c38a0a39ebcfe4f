"""Import this before anything else in a process that runs greenlets.

prometheus_client comes first on purpose: its locks must be real ones, since the health server's own thread
reads it.
"""

import warnings

with warnings.catch_warnings():
    # nameko 2 is built on eventlet and pkg_resources; both announce their age at import, both are pinned.
    warnings.simplefilter("ignore")
    import eventlet
    import prometheus_client  # noqa: F401

    eventlet.monkey_patch()
