"""The page on which many cases are looked at, and then held, held on or let go."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from marshmallow import pre_load

from resettle.accounts.queries import names
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.holds import acts, queries, schemas, service
from resettle.holds.acts import Way
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("holds", __name__, url_prefix="/case-holds", template_folder="templates")

Shown = dict[str, Any]
CHOSEN = schemas.ChosenSchema()
WAYS: Mapping[Way, str] = {
    Way.HOLD: "Put on hold",
    Way.EXTEND: "Hold on until a later day",
    Way.RELEASE: "Release",
}
SELECTION = ("stage", "location")


class DoManyFormSchema(schemas.DoManySchema):
    """The same with the selection, which a refused form shows again."""

    @pre_load
    def _without_selection(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in data.items() if name not in SELECTION}


@pages.page("", permission=Permission.CASE_HOLD_MANY, template="holds/many.html", filters=CHOSEN)
def look(uow: UnitOfWork, wanted: acts.Chosen) -> Shown:
    """Choose cases, and see what would change for each."""
    return _shown(uow, wanted)


@pages.form(
    "/doing",
    permission=Permission.CASE_HOLD_MANY,
    schema=DoManyFormSchema(),
    template="holds/many.html",
)
def do_many(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Do with the ticked cases what was looked at; each has a result of its own."""
    if form.command:
        results = service.do_many(uow, form.command)
        batch_id = next((result.batch_id for result in results), None)
        if batch_id is None:
            return Go("holds.look", message=_words(results), way=form.command.way.value)
        return Go("holds.results", message=_words(results), hold_batch_id=batch_id)
    given = {name: form.values[name] for name in CHOSEN.load_fields if form.values.get(name)}
    wrong = CHOSEN.validate(given)
    asked = {name: value for name, value in given.items() if name not in wrong}
    return _shown(uow, CHOSEN.load(asked))


def _words(results: Sequence[service.Result]) -> str:
    done = sum(result.done for result in results)
    return f"{done} of {len(results)} done."


@pages.page(
    "/<uuid:hold_batch_id>", permission=Permission.CASE_HOLD_MANY, template="holds/results.html"
)
def results(uow: UnitOfWork, hold_batch_id: UUID) -> Shown:
    """Show what came of each case, those first of which nothing came."""
    found = queries.results(uow, hold_batch_id)
    known = queries.references(uow, [row.case_id for row in found])
    rows = schemas.HoldResultShape().many_of(uow, found)
    return {
        "title": WAYS[Way(rows[0]["way"])],
        "done_at": rows[0]["done_at"],
        "review_on": rows[0]["review_on"],
        "done": sum(row["done"] for row in rows),
        "by": next(iter(names(uow, [found[0].done_by]).values()), ""),
        "rows": [{**row, "reference": known.get(row["case_id"], "")} for row in rows],
    }


def _shown(uow: UnitOfWork, wanted: acts.Chosen) -> Shown:
    catalogue = uow.use(Catalogue)
    chosen = wanted.stage or wanted.location
    rows = queries.changes(uow, wanted) if chosen else []
    shown = schemas.ChangeShape().many_of(uow, rows)
    return {
        "wanted": wanted,
        "ways": [(way.value, title) for way, title in WAYS.items()],
        "title": WAYS[wanted.way],
        "stages": queries.stages(uow),
        "places": [(code, place.name) for code, place in catalogue.locations.items()],
        "reasons": [(i.code, i.title) for i in catalogue.lists["hold_reason"].items],
        "chosen": bool(chosen),
        "changes": shown,
        "choices": [(row["case_id"], row["reference"]) for row in shown],
        "ticked": [row["case_id"] for row in shown if not row["fault"]],
        "today": uow.today,
        "batches": [
            {**row, "title": WAYS[Way(row["way"])]}
            for row in schemas.BatchShape().many_of(uow, queries.batches(uow))
        ],
    }
