"""Mails that ask somebody something: the link to a survey. They name nobody of any household."""

from resettle.accounts.loader import if_active
from resettle.accounts.models import UserAccount
from resettle.core.work import UnitOfWork
from resettle.notifications.mail import Post
from resettle.pulses import queries as pulses
from resettle.pulses import service as pulse_service
from resettle.pulses.models import PulseInvitation
from resettle.surveys import queries, service
from resettle.surveys.models import SurveyInvitation

SUBJECT = "A few questions for your sponsor group"
TEXT = """Kia ora,

how does it go with being sponsors? Five short questions, answered with one click each:

{link}

The link opens these questions and nothing else. It is for you alone, until {until}.
Nobody is told who answered what: answers are counted, and families are asked apart from you.
"""


def invite(uow: UnitOfWork, invitation: SurveyInvitation) -> None:
    """Mail a link to whoever was asked, if mail is sent from here and it is still open."""
    post, user_id = uow.use(Post), invitation.user_id
    if user_id is None or not post.delivers or not queries.is_open(uow, invitation):
        return
    user = uow.find(UserAccount, user_id)
    if user is None or user.email is None or if_active(uow, user_id) is None:
        return
    token = service.renew(uow, invitation)
    text = TEXT.format(
        link=f"{post.public_url.rstrip('/')}/s/{token}", until=f"{invitation.closes_on:%-d %B %Y}"
    )
    post.mailer.send(post.mail(f"survey-{invitation.id}", user.email, SUBJECT, text))


PULSE_SUBJECT = "One minute: how is it going for you?"
PULSE_TEXT = """Kia ora,

four short questions about how it goes for you in your sponsor group, one click each:

{link}

The link opens these questions and nothing else. It is for you alone, until {until}.
Answers are only counted, and shown from four on. Nobody sees what you answered.
"""


def ask_pulse(uow: UnitOfWork, invitation: PulseInvitation) -> None:
    """Mail the link to a pulse, if mail is sent from here and it still waits for an answer."""
    post, user_id = uow.use(Post), invitation.user_id
    if not post.delivers or not pulses.is_open(uow, invitation):
        return
    user = uow.find(UserAccount, user_id)
    if user is None or user.email is None or if_active(uow, user_id) is None:
        return
    token = pulse_service.renew(uow, invitation)
    text = PULSE_TEXT.format(
        link=f"{post.public_url.rstrip('/')}/p/{token}", until=f"{invitation.closes_on:%-d %B %Y}"
    )
    post.mailer.send(post.mail(f"pulse-{invitation.id}", user.email, PULSE_SUBJECT, text))
