"""What is around the service: programme files, disk, mail server, fonts."""

import os
import shutil
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

from resettle.documents import scanning
from resettle.documents.scanning import Unreachable, Verdict
from resettle.operations.findings import Finding, doubtful, well, wrong
from resettle.programmes import loader
from resettle.programmes.loader import BadDefinition
from resettle.settings import Settings
from resettle.web.paper import FONTS

GIB = 1024**3
LITTLE, TOO_LITTLE = 2 * GIB, GIB // 4
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
SMTP_SECONDS = 10
SCRIPTS = ("noto-sans", "noto-sans-arabic", "noto-sans-ethiopic", "noto-sans-myanmar", "vazirmatn")


def look(settings: Settings) -> Iterator[Finding]:
    """Look at all that is not the database."""
    yield from _programmes(settings)
    yield from _disk(settings)
    yield from _mail(settings)
    yield from _scanner(settings)
    yield from _fonts(FONTS)


def _programmes(settings: Settings) -> Iterator[Finding]:
    try:
        loader.load_all(settings.programmes)
    except BadDefinition:
        yield wrong("programmes", "A file has faults: run `resettle programmes check`.")
    else:
        yield well("programmes", "The files are sound.")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.storage
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(os.urandom(4096))
    except OSError as error:
        yield wrong("disk", f"The folder for files cannot be written ({error.strerror}).")
        return
    free = shutil.disk_usage(folder).free
    told = f"{free / GIB:.1f} GiB are free."
    if free < TOO_LITTLE:
        yield wrong("disk", f"It is full: {told} Make room now.")
    elif free < LITTLE:
        yield doubtful("disk", f"It is nearly full: {told}")
    else:
        yield well("disk", told)


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.smtp:
        where = "into a folder" if settings.mail_folder else "nowhere: reminders stay in here"
        yield doubtful("mail", f"It goes {where}. Set RESETTLE_SMTP to send it.")
        return
    host, _, port = settings.smtp.rpartition(":")
    try:
        with smtplib.SMTP(host, int(port), timeout=SMTP_SECONDS) as server:
            if host not in HERE:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        yield wrong("mail", f"The server does not take it ({type(error).__name__}).")
    else:
        yield well("mail", "The server takes it.")


def _scanner(settings: Settings) -> Iterator[Finding]:
    """Say whether the scanner takes the largest file: it tells its own limit in no other way."""
    if not settings.clamd:
        return
    try:
        verdict = scanning.scan(settings.clamd, bytes(settings.upload_mib << 20))
    except Unreachable:
        yield wrong("scanner", "It does not answer: what is filed waits in quarantine.")
        return
    if verdict is Verdict.TOO_LARGE:
        yield wrong(
            "scanner",
            f"It does not take {settings.upload_mib} MB, the largest document. Set StreamMaxLength "
            "of clamd.conf to more, or RESETTLE_UPLOAD_MIB to less.",
        )
    else:
        yield well("scanner", f"It takes the largest document ({settings.upload_mib} MB).")


def _fonts(folder: Path) -> Iterator[Finding]:
    lacking = [name for name in SCRIPTS if not [*(folder / name).glob("*.woff")]]
    if lacking:
        yield wrong("fonts", f"{', '.join(lacking)} is missing: papers cannot be printed.")
    else:
        yield well("fonts", "Papers can be printed in every script.")
