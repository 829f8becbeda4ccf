"""An HTTP POST to a webhook: our document as JSON, or a text as the robots of chat programs take it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

from optimizer.nightly.notify_settings import Webhook

#: Most characters of a text that robots take.
LONGEST = 4_000
#: Most of an answer that is read.
ANSWER = 65_536


class NotSent(Exception):
    """What was sent did not arrive; its text says why, without a secret. `again`: whether another try may help."""

    def __init__(self, text: str, again: bool = True) -> None:
        super().__init__(text)
        self.again = again


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirection is not followed, or the secret would go wherever it leads."""

    def redirect_request(self, *_: Any) -> None:
        """Leads nowhere."""


def post(webhook: Webhook, document: dict[str, Any], text: str) -> None:
    """Send a document, or a text that says the same. Raises NotSent."""
    body = document if webhook.format == "json" else _robot(webhook.format, text)
    request = urllib.request.Request(
        webhook.address,
        data=json.dumps(body, ensure_ascii=False, allow_nan=False, default=str).encode("utf-8"),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "inventory-allocation-optimizer"},
        method="POST",
    )
    if webhook.secret_env:
        request.add_unredirected_header(webhook.header, os.environ.get(webhook.secret_env, ""))
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=webhook.seconds) as answer:
            said = answer.read(ANSWER)
    except urllib.error.HTTPError as error:
        error.close()
        again = error.code >= 500 or error.code in (408, 429)
        raise NotSent(f"it answered {error.code} {error.reason}", again) from None
    except urllib.error.URLError as error:
        raise NotSent(f"it cannot be reached ({error.reason})") from None
    except (OSError, HTTPException, ValueError) as error:
        raise NotSent(f"it cannot be reached ({type(error).__name__})") from None
    if webhook.format not in ("json", "slack"):
        _check(said)


def _robot(kind: str, text: str) -> dict[str, Any]:
    """The message that the robot of a chat program takes."""
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if kind == "feishu":
        return {"msg_type": "text", "content": {"text": text}}
    return {"text": text} if kind == "slack" else {"msgtype": "text", "text": {"content": text}}


def _check(said: bytes) -> None:
    """DingTalk, WeCom and Feishu answer 200 to what they refuse, and say so in the answer."""
    try:
        answer = json.loads(said)
        code = answer.get("errcode", answer.get("code", 0))
        words = str(answer.get("errmsg", answer.get("msg", "")))
    except (ValueError, AttributeError):
        raise NotSent("its answer is no JSON of such a robot", again=False) from None
    if code:
        raise NotSent(f"it refused the message: {code} {words[:200]}", again=False)
