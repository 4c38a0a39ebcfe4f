"""A role and a database per service, each closed to the others."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from servicekit.embedded.programs import EmbeddedError


def create_databases(
    admin_url: str, passwords: Mapping[str, str], *, whole_server: bool = False
) -> dict[str, str]:
    """Make sure that every named role and its database exist, and return the URL of each.

    May be repeated: passwords are set anew, data stays. The roles get no right on each other's
    databases, nor, where the `whole_server` is ours, on those that every PostgreSQL has.
    """
    try:
        connection = psycopg2.connect(admin_url, connect_timeout=10)
    except psycopg2.OperationalError as error:
        raise EmbeddedError(f"the database refused the connection: {str(error).strip()}") from error
    try:
        connection.autocommit = True  # CREATE DATABASE runs outside transactions
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            roles = {name for (name,) in cursor.fetchall()}
            cursor.execute("SELECT datname FROM pg_database")
            databases = {name for (name,) in cursor.fetchall()}
            if whole_server:
                cursor.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
            for name, password in passwords.items():
                _create_role(cursor, name, password, exists=name in roles)
                if name not in databases:
                    _create_database(cursor, name)
    finally:
        connection.close()
    return {name: database_url(admin_url, name, password) for name, password in passwords.items()}


def database_url(admin_url: str, name: str, password: str) -> str:
    """Return the URL by which the role `name` reaches its own database on the same server."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", f"{quote(name)}:{quote(password)}@{place}", f"/{name}", parts.query, ""))


def _create_role(cursor: psycopg2.extensions.cursor, name: str, password: str, *, exists: bool) -> None:
    statement = "ALTER ROLE {} LOGIN PASSWORD {}" if exists else "CREATE ROLE {} LOGIN PASSWORD {}"
    cursor.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Literal(password)))


def _create_database(cursor: psycopg2.extensions.cursor, name: str) -> None:
    """Make a database that only its owner may connect to: by default everybody may."""
    identifier = sql.Identifier(name)
    # A managed server's administrator is no superuser and must be a member of a role to give it a database.
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(identifier))
    cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(identifier, identifier))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(identifier))
