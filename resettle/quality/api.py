"""The quality of records over JSON."""

from collections.abc import Sequence

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.quality import queries, schemas
from resettle.web.api import Api

api = Api("quality_api", __name__, url_prefix="/api/data-quality")


@api.reads("", permission=Permission.QUALITY_READ, returns=schemas.FoundShape(), many=True)
def found(uow: UnitOfWork) -> Sequence[queries.Found]:
    """Tell what is missing, stale or contradictory, by team and in one's own files."""
    return queries.found(uow)
