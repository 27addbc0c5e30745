"""Papers that the demonstration's groups send with their applications, drawn rather than copied."""

from collections.abc import Mapping
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from resettle.core.work import UnitOfWork
from resettle.evidence import queries, service
from resettle.evidence.acts import FileEvidence
from resettle.evidence.rules import Kind
from resettle.settings import Settings

INVENTED = "An invented paper for the demonstration"
SENT: Mapping[Kind, str] = {
    Kind.REGISTRATION: "Certificate of registration",
    Kind.ACCOUNTS: "Income and expenditure, two years",
    Kind.CHILD_PROTECTION: "Child protection statement",
}


def send(uow: UnitOfWork, group_id: UUID) -> None:
    """Send what shows that the group is ready, unless as much was sent at this hour as may be."""
    if queries.lately(uow) + len(SENT) >= uow.use(Settings).uploads_an_hour:
        return
    for kind, title in SENT.items():
        _send(uow, group_id, kind, title)


def answer(uow: UnitOfWork, group_id: UUID) -> None:
    """Send what answers a question about the house."""
    _send(uow, group_id, Kind.HOUSING, "Offer of a house of three bedrooms")


def _send(uow: UnitOfWork, group_id: UUID, kind: Kind, title: str) -> None:
    told = FileEvidence(kind=kind, nothing_of_police=True)
    service.add(uow, group_id, _sheet(title), told)


def _sheet(title: str) -> bytes:
    """Draw a sheet with a title and lines that say nothing."""
    sheet = Image.new("RGB", (420, 594), "#fdfcf8")
    pen = ImageDraw.Draw(sheet)
    pen.text((40, 48), title, fill="#16424f")
    pen.text((40, 548), INVENTED, fill="#6b6b6b")
    for top in range(100, 500, 26):
        pen.line((40, top, 380 - top % 90, top), fill="#c9c2b4", width=3)
    written = BytesIO()
    sheet.save(written, "JPEG")
    return written.getvalue()
