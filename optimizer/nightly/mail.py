"""An e-mail with the alerts of a night."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from optimizer.nightly.notify_settings import Mail
from optimizer.nightly.webhook import NotSent


def write_to(mail: Mail, subject: str, text: str) -> None:
    """Send a text to all addresses. Raises NotSent."""
    try:
        message = _message(mail, subject, text)
        with _server(mail) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user:
                server.login(mail.user, os.environ.get(mail.password_env, ""))
            refused = server.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise NotSent(f"{mail.host} does not let {mail.user} in ({error.smtp_code})", again=False) from None
    except smtplib.SMTPRecipientsRefused:
        raise NotSent(f"{mail.host} takes no mail for any of the addresses", again=False) from None
    except smtplib.SMTPResponseException as error:
        again = 400 <= error.smtp_code < 500
        raise NotSent(f"{mail.host} answered {error.smtp_code} {_plain(error.smtp_error)}", again) from None
    except UnicodeEncodeError:  # its text would show a letter of the password
        raise NotSent("user, password or an address holds letters that mail does not know", again=False) from None
    except (MessageError, ValueError) as error:
        raise NotSent(f"an address cannot be written to ({error})", again=False) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"{mail.host}:{mail.port} cannot be reached ({_why(error)})") from None
    if refused:
        raise NotSent(f"{mail.host} takes no mail for {', '.join(sorted(refused))}", again=False)


def _message(mail: Mail, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = mail.sender, ", ".join(mail.to)
    message["Subject"] = " ".join(subject.split())
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="optimizer.invalid")
    message.set_content(text)
    return message


def _server(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.seconds, context=context)
    return smtplib.SMTP(mail.host, mail.port, timeout=mail.seconds)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _plain(said: bytes | str) -> str:
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split("\n")[0][:200]
