"""The address of a database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from optimizer.errors import UsageError

EXAMPLES = "sqlite:///plans.db or postgresql+psycopg://user@host/database"
#: Other names that people write, and the driver that is meant.
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def is_address(text: object) -> bool:
    """Whether a text is the address of a database rather than a path."""
    return isinstance(text, str) and "://" in text


def database_address(text: str) -> URL:
    """The address that a text says; a path without `://` is a file of SQLite.

    Raises UsageError for an address that cannot be read, of another kind of database, of a database in memory, which
    keeps nothing, and where the driver is not installed. No message shows a password.
    """
    try:
        address = make_url(text if "://" in text else f"sqlite:///{text}")
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"This is no address of a database. Write one such as {EXAMPLES}.") from error
    driver = DRIVERS.get(address.drivername)
    if driver is None:
        raise UsageError(f"Databases of the kind {address.drivername!r} are not used. Write {EXAMPLES}.")
    if driver == "sqlite" and address.database in (None, "", ":memory:"):
        raise UsageError("A database in memory keeps nothing. Write the path of a file, such as sqlite:///plans.db.")
    if driver != "sqlite" and find_spec("psycopg") is None:
        raise UsageError("PostgreSQL needs the package psycopg: pip install 'psycopg[binary]'.")
    return address.set(drivername=driver)


def is_sqlite(address: URL) -> bool:
    """Whether it is a file of SQLite."""
    return address.drivername == "sqlite"


def file_of(address: URL) -> Path:
    """The file of an SQLite database."""
    return Path(address.database or "").expanduser()


def shown(address: URL) -> str:
    """The address for people to read, without its password."""
    return address.render_as_string(hide_password=True)
