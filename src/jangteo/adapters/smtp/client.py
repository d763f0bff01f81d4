"""E-mail through a mail server: plain text, with the header by which mail programs offer a way to refuse."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from jangteo.adapters._wire import nothing, tls
from jangteo.domains.campaigns.ports import Mail, MailRefused
from jangteo.kernel.clock import now

TIMEOUT_S = 20.0
_FINAL = range(500, 600)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom. An empty `user`: the server asks for none."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = True


class SmtpSender:
    """One connection for each mail: campaigns by e-mail are small, and a connection that went stale costs more."""

    def __init__(
        self, *, server: MailServer, timeout_s: float = TIMEOUT_S, before_call: Callable[[], None] = nothing
    ) -> None:
        self._server = server
        self._timeout_s = timeout_s
        self._before_call = before_call

    def send(self, mail: Mail) -> None:
        """Hand one mail in. Raises MailRefused for a final no, OSError where it may be tried again."""
        self._before_call()
        server = self._server
        try:
            with smtplib.SMTP(server.host, server.port, timeout=self._timeout_s) as line:
                if server.starttls:
                    line.starttls(context=tls())
                if server.user:
                    line.login(server.user, server.password)
                line.send_message(self._letter(mail))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as no:
            raise _refusal(no) from None
        except smtplib.SMTPException as lost:
            raise ConnectionError(type(lost).__name__) from None

    def _letter(self, mail: Mail) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._server.sender
        letter["To"] = mail.to
        letter["Subject"] = mail.subject
        letter["Date"] = format_datetime(now())
        letter["Message-ID"] = f"<{mail.key.replace(':', '.')}@{self._server.sender.rpartition('@')[2].strip('<> ')}>"
        if mail.refuse_at:
            letter["List-Unsubscribe"] = f"<{mail.refuse_at}>"
        letter.set_content(mail.text)
        return letter


def _refusal(no: smtplib.SMTPException) -> Exception:
    """A server says 5xx for good and 4xx for now. The address that it names is not repeated."""
    if isinstance(no, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in no.recipients.values()]
    elif isinstance(no, smtplib.SMTPResponseException):
        codes = [no.smtp_code]
    else:
        codes = []
    final = codes and all(code in _FINAL for code in codes)
    return MailRefused(str(codes[0])) if final else ConnectionError(f"SMTP {codes[:1]}")
