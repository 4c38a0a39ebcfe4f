"""pytest in a process as a service's: the standard library is patched before anything else is loaded."""

# ruff: noqa: I001 - the order is the point
from servicekit import green  # noqa: F401

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(sys.argv[1:]))
