"""What is told when a rule that the database itself holds is broken, by the name of the rule."""

from collections.abc import Mapping

from resettle.accounts import models as accounts
from resettle.applications import models as applications
from resettle.cards import models as cards
from resettle.cases import models as cases
from resettle.casework import models as casework
from resettle.consents import models as consents
from resettle.crises import models as crises
from resettle.day import models as day
from resettle.documents import models as documents
from resettle.drafts import models as drafts
from resettle.duplicates import models as duplicates
from resettle.funds import models as funds
from resettle.households import models as households
from resettle.interchange import models as interchange
from resettle.judgements import models as judgements
from resettle.matching import models as matching
from resettle.messages import models as messages
from resettle.notifications import models as notifications
from resettle.people import models as people
from resettle.placements import models as placements
from resettle.plans import models as plans
from resettle.proposals import models as proposals
from resettle.pulses import models as pulses
from resettle.releases import models as releases
from resettle.reports import models as reports
from resettle.sponsors import models as sponsors
from resettle.statuses import models as statuses
from resettle.strain import models as strain
from resettle.surveys import models as surveys
from resettle.tasks import models as tasks
from resettle.views import models as views

CONFLICTS: Mapping[str, str] = {
    **accounts.CONFLICTS,
    **households.CONFLICTS,
    **people.CONFLICTS,
    **consents.CONFLICTS,
    **drafts.CONFLICTS,
    **duplicates.CONFLICTS,
    **sponsors.CONFLICTS,
    **applications.CONFLICTS,
    **cases.CONFLICTS,
    **day.CONFLICTS,
    **placements.CONFLICTS,
    **notifications.CONFLICTS,
    **views.CONFLICTS,
    **interchange.CONFLICTS,
    **tasks.CONFLICTS,
    **casework.CONFLICTS,
    **documents.CONFLICTS,
    **plans.CONFLICTS,
    **crises.CONFLICTS,
    **messages.CONFLICTS,
    **cards.CONFLICTS,
    **statuses.CONFLICTS,
    **strain.CONFLICTS,
    **pulses.CONFLICTS,
    **funds.CONFLICTS,
    **reports.CONFLICTS,
    **matching.CONFLICTS,
    **proposals.CONFLICTS,
    **surveys.CONFLICTS,
    **releases.CONFLICTS,
    **judgements.CONFLICTS,
}
