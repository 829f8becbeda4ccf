"""The connection to a Dask cluster: looked for, and its workers compared with this process, before anything is sent."""

from __future__ import annotations

import platform
import re
import socket
import time
import warnings
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from optimizer import __version__
from optimizer.decomposition.hired import Lost
from optimizer.errors import UsageError

#: What an address looks like.
ADDRESS = re.compile(r"(?P<kind>tcp|tls)://(?P<host>\[[0-9a-fA-F:.]+\]|[^/:\s\[\]]+):(?P<port>\d{1,5})")
#: Seconds in which the scheduler must answer, and between two attempts.
CONNECT_SECONDS, ATTEMPT_SECONDS = 10.0, 0.2
#: Packages whose objects travel, or whose results differ, from version to version.
PACKAGES = ("distributed", "cloudpickle", "numpy", "pandas", "scipy", "highspy")


@dataclass(frozen=True)
class Link:
    """A client of the scheduler at an address."""

    address: str
    client: Any

    def workers(self) -> list[str]:
        """Addresses of the workers that are there now, in order. Raises Lost where the scheduler is gone."""
        try:
            return sorted(self.client.nthreads())
        except Exception as error:
            raise Lost(f"the scheduler at {self.address} is gone ({error})") from error

    def close(self) -> None:
        """Leave the cluster."""
        self.client.close()


def linked(address: str) -> Link:
    """A link to the cluster at `address`, all of whose workers run the same versions as this process.

    Raises UsageError with one sentence that says what is wrong and what to do.
    """
    if not ADDRESS.fullmatch(address):
        raise UsageError(f"{address!r} is no address of a cluster: write tcp://HOST:PORT, as its scheduler prints it.")
    link = Link(address, _client(address))
    try:
        _check(link)
    except BaseException:
        link.close()
        raise
    return link


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise UsageError(
            "--cluster needs Dask, which is not installed: pip install 'inventory-allocation-optimizer[cluster]'."
        ) from error
    try:
        _greeted(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # an error below, for what matters
            return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except Exception as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}: start one with `dask scheduler`, or correct --cluster."
        ) from error


def _greeted(address: str) -> None:
    """Wait for the first byte of a scheduler, which speaks first; Dask's client would wait for it for ever.

    Raises OSError where none comes. Over TLS the client speaks first, so there nothing can be heard.
    """
    found = ADDRESS.fullmatch(address)
    assert found is not None
    ends = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            where = found["host"].strip("[]"), int(found["port"])
            with socket.create_connection(where, timeout=max(ends - time.monotonic(), ATTEMPT_SECONDS)) as line:
                if found["kind"] == "tls" or line.recv(1):
                    return
            raise ConnectionError("it closes the connection")
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(ATTEMPT_SECONDS)


def versions() -> dict[str, str]:
    """Versions of this program, Python and the packages that must be the same everywhere."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"optimizer": __version__, "python": python, **{name: metadata.version(name) for name in PACKAGES}}


#: What the workers' versions are compared with.
expected = versions


def _check(link: Link) -> None:
    """Raises UsageError where there are no workers, or where one cannot work together with this process."""
    remedy = "Install the same versions on its workers as here."
    try:
        there = link.client.run(versions, on_error="return")
    except Exception as error:
        raise UsageError(f"The cluster at {link.address} does not work: {error}. {remedy}") from error
    if not there:
        raise UsageError(f"The cluster at {link.address} has no workers: start some with `dask worker {link.address}`.")
    here = expected()
    for worker, found in sorted(there.items()):
        if not isinstance(found, dict):
            raise UsageError(f"The worker {worker} of the cluster cannot run the optimizer: {found}. {remedy}")
        if different := [name for name in here if found.get(name) != here[name]]:
            told = ", ".join(f"{name} {found.get(name, 'is missing')} (here {here[name]})" for name in different)
            raise UsageError(f"The worker {worker} of the cluster runs other versions: {told}. {remedy}")
