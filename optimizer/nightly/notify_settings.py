"""Where a nightly run sends its alerts: a file of settings, which holds no secret but names where each one is."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from optimizer.errors import Problem, Refused, StoreError
from optimizer.scenario.names import did_you_mean

#: When something is sent: after every run; where there are alerts, or none was planned; where somebody must act before
#: the next plan, or none was planned.
WHEN = ("always", "alerts", "urgent")
#: How a webhook wants to be told: our document, or the text of the message as chat robots take it.
FORMATS = ("json", "dingtalk", "wecom", "feishu", "slack")
SECURITY = ("starttls", "tls", "none")
#: Keys that would put a secret into the file.
SECRETS = frozenset({"password", "secret", "token", "key"})
#: Settings whose values are secrets, or into which people put one by mistake: they are never shown, not even wrong.
HIDDEN = frozenset({"url", "url_env", "secret_env", "password_env"})


@dataclass(frozen=True)
class Webhook:
    """An address that takes an HTTP POST. `url`, or `url_env`: the environment variable that holds it, where the
    address is itself a secret. `secret_env`: the variable whose value goes into the header `header`. `seconds` for a
    try; so many `tries`.
    """

    url: str = ""
    url_env: str = ""
    format: str = "json"
    header: str = "X-Optimizer-Secret"
    secret_env: str = ""
    seconds: float = 10.0
    tries: int = 3

    @property
    def address(self) -> str:
        """The whole address, which may hold a secret: for the request alone."""
        return self.url or os.environ.get(self.url_env, "")

    @property
    def named(self) -> str:
        """The webhook as messages and the store call it: without path and query, in which robots keep their keys."""
        found = _place(self.address)
        if found is None:
            return "webhook"
        scheme, host, port = found
        return f"webhook {scheme}://{host}" + (f":{port}" if port else "")


@dataclass(frozen=True)
class Mail:
    """Whom to write to and through which server. `security`: "starttls", "tls" or "none". `password_env`: the
    environment variable that holds the password of `user`. `seconds` for a try; so many `tries`.
    """

    to: tuple[str, ...] = ()
    sender: str = ""
    host: str = "localhost"
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_env: str = ""
    seconds: float = 20.0
    tries: int = 2

    @property
    def named(self) -> str:
        """The mail as messages and the store call it."""
        return f"mail to {', '.join(self.to)}"


@dataclass(frozen=True)
class Notify:
    """When and where alerts are sent."""

    when: str = "urgent"
    webhook: Webhook | None = None
    mail: Mail | None = None


def read_notify(path: str | Path) -> Notify:
    """The settings of a TOML file. Raises Refused with everything that is wrong in it, StoreError."""
    place = Path(path).name
    try:
        values = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise StoreError(f"The settings of alerts {path} cannot be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused([Problem(place, 0, "", "", f"this is no TOML ({error})", "Correct it")]) from error
    sections = {"webhook": Webhook, "mail": Mail}
    found = list(_unknown(values, ("when", *sections), place, ""))
    made = {}
    for name, kind in sections.items():
        if name in values:
            given = values[name] if isinstance(values[name], Mapping) else {"": values[name]}
            found += _wrong(given, kind, place, f"{name}.")
            made[name] = given
    if values.get("when", "urgent") not in WHEN:
        found.append(Problem(place, 0, "when", str(values["when"]), f"it is none of {', '.join(WHEN)}", "Choose one"))
    if not made and not found:
        remedy = "Add a section [webhook] with url, or [mail] with to and from"
        found.append(Problem(place, 0, "", "", "it says nowhere to send alerts", remedy))
    if found:
        raise Refused(found)
    return Notify(values.get("when", "urgent"), *(_made(made, name, kind) for name, kind in sections.items()))


def _unknown(values: Mapping[str, Any], names: tuple[str, ...], place: str, prefix: str) -> Iterator[Problem]:
    for name in values:
        if name in SECRETS:
            rule, remedy = "a secret does not belong into a file", f"Name the variable that holds it: {name}_env"
            yield Problem(place, 0, prefix + name, "***", rule, remedy)
        elif name not in names:
            yield Problem(place, 0, prefix + name, "", "there is no such setting", did_you_mean(name, names))


def _wrong(values: Mapping[str, Any], kind: type, place: str, prefix: str) -> Iterator[Problem]:
    defaults = {field.name: field.default for field in fields(kind)}
    names = tuple("from" if name == "sender" else name for name in defaults)
    yield from _unknown(values, names, place, prefix)
    for name, value in values.items():
        default = defaults.get("sender" if name == "from" else name)
        texts = isinstance(value, list) and len(value) > 0 and all(isinstance(one, str) for one in value)
        good = isinstance(value, str) or texts if name == "to" else isinstance(value, type(default))
        good |= isinstance(default, float) and type(value) is int
        if default is not None and not (good and not isinstance(value, bool)):
            shown = "***" if name in HIDDEN else str(value)
            yield Problem(place, 0, prefix + name, shown, "it is of the wrong type", f"Write it as {default!r}")
        elif name in ("seconds", "tries") and not 0 < value <= 60:
            yield Problem(place, 0, prefix + name, str(value), "it is not between 0 and 60", "Choose another number")
        elif name == "port" and not 0 < value < 65_536:
            yield Problem(place, 0, prefix + name, str(value), "it is no port", "Choose 587, 465 or 25, say")
    for name, known in (("format", FORMATS), ("security", SECURITY)):
        if name in defaults and values.get(name, known[0]) not in known:
            yield Problem(place, 0, prefix + name, str(values[name]), f"it is none of {', '.join(known)}", "Choose one")
    yield from _missing(values, kind, place, prefix)


def _missing(values: Mapping[str, Any], kind: type, place: str, prefix: str) -> Iterator[Problem]:
    if kind is Mail:
        for name in ("to", "from"):
            if not values.get(name):
                yield Problem(place, 0, prefix + name, "", "it is missing", 'Write an address, "planner@example.com"')
        if values.get("user") and values.get("security") == "none":
            rule = "a password would go through the network as anybody can read it"
            yield Problem(place, 0, prefix + "security", "none", rule, 'Take "starttls" or "tls", or leave out user')
    else:
        address = str(values.get("url") or os.environ.get(str(values.get("url_env", "")), ""))
        if _place(address) is None:
            rule = "it is no address of a webhook" if address else "the address of the webhook is missing"
            remedy = "Write url = 'https://...', or url_env with the variable that holds it"
            yield Problem(place, 0, prefix + "url", "", rule, remedy)
    for name in ("secret_env", "password_env"):
        if isinstance(values.get(name), str) and values[name] and values[name] not in os.environ:
            rule = "there is no environment variable of this name"
            remedy = "Write the name of the variable that holds the secret, and set it for the nightly run"
            yield Problem(place, 0, prefix + name, "***", rule, remedy)


def _place(address: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of the address of a webhook; None for what is none, a port above 65535, say."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        return None
    return (scheme, host, port) if scheme in ("http", "https") and host else None


def _made(made: Mapping[str, Mapping[str, Any]], name: str, kind: type) -> Any:
    if name not in made:
        return None
    values = {"sender" if key == "from" else key: value for key, value in made[name].items()}
    if "to" in values:
        values["to"] = (values["to"],) if isinstance(values["to"], str) else tuple(values["to"])
    return kind(**values)
