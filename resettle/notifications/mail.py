"""How mail leaves: through an SMTP server, into files, or not at all."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from resettle.settings import Settings

TIMEOUT = 20


class Mailer(Protocol):
    """Sends a mail, or raises; the job that sends it is then tried again."""

    def send(self, mail: EmailMessage) -> None: ...


class NoMailer:
    """Where no mail is configured, reminders are in the service alone."""

    def send(self, mail: EmailMessage) -> None:
        """Leave it."""


@dataclass(frozen=True, slots=True)
class FileMailer:
    """Writes mail into a folder, one file a mail; the same mail again is the same file."""

    folder: Path

    def send(self, mail: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = mail["Message-ID"].strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(mail.as_bytes())


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands mail to a server, encrypted unless the server is on this machine."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, mail: EmailMessage) -> None:
        with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT) as server:
            if self.host not in {"localhost", "127.0.0.1", "::1"}:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(mail)


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that a mail needs besides its words."""

    mailer: Mailer
    sender: str
    public_url: str

    @classmethod
    def of(cls, settings: Settings) -> "Post":
        """Send as the settings say: to a server, else into a folder, else not at all."""
        mailer: Mailer = NoMailer()
        if settings.smtp:
            host, _, port = settings.smtp.rpartition(":")
            mailer = SmtpMailer(host, int(port), settings.smtp_user, settings.smtp_password)
        elif settings.mail_folder:
            mailer = FileMailer(Path(settings.mail_folder))
        return cls(mailer, settings.mail_from, settings.public_url)

    @property
    def delivers(self) -> bool:
        return not isinstance(self.mailer, NoMailer)

    def mail(self, key: str, to: str, subject: str, text: str) -> EmailMessage:
        """Make a mail; the key makes its number, so that the same one twice can be told."""
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = self.sender, to, subject
        made["Message-ID"] = f"<{key}@{self.sender.partition('@')[2].strip('>')}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(text)
        return made
