"""Makes `gateway` mean the package again: pytest names this file gateway.tests.conftest and, for that,
invents an empty package `gateway` in memory that hides the real one."""

import importlib
import sys

if not hasattr(sys.modules.get("gateway"), "__file__") or sys.modules["gateway"].__file__ is None:
    sys.modules.pop("gateway", None)
    importlib.import_module("gateway")
