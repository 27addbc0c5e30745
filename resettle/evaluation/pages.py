"""The programme manager's first page: the pipeline in numbers."""

from typing import Any

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation import queries
from resettle.evaluation.pressing import told
from resettle.evaluation.schemas import ProgrammeFiguresShape
from resettle.web import charts
from resettle.web.pages import Pages

pages = Pages("evaluation", __name__, template_folder="templates")


@pages.page("/pipeline", permission=Permission.PIPELINE_READ, template="evaluation/pipeline.html")
def pipeline(uow: UnitOfWork) -> dict[str, Any]:
    programmes = ProgrammeFiguresShape().many_of(uow, queries.pipeline(uow))
    return {
        "programmes": programmes,
        "bars": {p["code"]: _bars(p) for p in programmes},
        **told(uow),
    }


def _bars(programme: dict[str, Any]) -> Any:
    """Leave out stages where nobody stands, except that the order shows the way."""
    standing = [stage for stage in programme["stages"] if stage["households"]]
    return charts.pipeline(
        [
            charts.Stage(s["title"], s["households"], str(s["households"]), s["median_days"])
            for s in standing
        ]
    )
