"""Make sure of a role and a database per service; may be repeated, data stays."""

from __future__ import annotations

import sys

from deskcli.processes import DATABASES
from servicekit.embedded.databases import create_databases

from .secret_files import password_in, read

if __name__ == "__main__":
    passwords = {name: password_in(f"{name}_database_url") for name in DATABASES}
    create_databases(read("database_admin_url"), passwords, whole_server=True)
    sys.stdout.write(f"{len(passwords)} databases are there: {', '.join(passwords)}\n")
