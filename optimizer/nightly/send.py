"""Sending what a night has come to: the plan stands already, and nothing that fails here changes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from optimizer.nightly.mail import write_to
from optimizer.nightly.message import Message
from optimizer.nightly.notify_settings import Notify
from optimizer.nightly.record import COMPLETE, Run
from optimizer.nightly.webhook import NotSent, post

#: Seconds before the second try, the third, and all others.
PAUSES = (1.0, 3.0, 10.0)


def wanted(asked: Notify, run: Run) -> bool:
    """Whether there is anything to say of a run; that there is no plan is always said."""
    if asked.when == "always" or run.state != COMPLETE:
        return True
    if asked.when == "alerts":
        return bool(run.details.get("alert_kinds"))
    return bool(run.details.get("urgent"))


def send(asked: Notify, told: Message) -> Iterator[dict[str, Any]]:
    """Send a message to every place, and tell for each of them: to, sent (true or false), tries, error (text)."""
    if asked.webhook is not None:
        hook = asked.webhook
        yield {"to": hook.named, **_tried(lambda: post(hook, told.document, told.text), hook.tries)}
    if asked.mail is not None:
        mail = asked.mail
        yield {"to": mail.named, **_tried(lambda: write_to(mail, told.subject, told.text), mail.tries)}


def _tried(once: Callable[[], None], tries: int) -> dict[str, Any]:
    for number in range(1, tries + 1):
        try:
            once()
        except NotSent as error:
            failure = str(error)
            if not error.again:
                break
        except Exception as error:  # a defect here must not take the night's plan away
            failure = f"unexpected {type(error).__name__}"
            break
        else:
            return {"sent": True, "tries": number}
        if number < tries:
            time.sleep(PAUSES[min(number, len(PAUSES)) - 1])
    return {"sent": False, "tries": number, "error": failure}
