"""Which event wakes which handler, which job runs what, who answers for each fact: the whole of it.

Beside these, the sentences for refused constraints, and the ways that each role finds in the menu.
"""

from collections.abc import Mapping

from resettle.cases import models as cases
from resettle.cases.facts import FactSource
from resettle.consents import models as consents
from resettle.core.actor import Role
from resettle.core.events import Handlers
from resettle.core.jobs import Runners
from resettle.households import models as households
from resettle.placements import models as placements
from resettle.programmes.facts import Fact
from resettle.sponsors import models as sponsors
from resettle.web.frame import Navigation

HANDLERS: Handlers = {}

RUNNERS: Runners = {}

FACTS: Mapping[Fact, FactSource] = {}

CONFLICTS: Mapping[str, str] = {
    **households.CONFLICTS,
    **consents.CONFLICTS,
    **sponsors.CONFLICTS,
    **cases.CONFLICTS,
    **placements.CONFLICTS,
}

NAVIGATION: Navigation = {
    Role.CASEWORKER: [],
}
