"""What is inconsistent in a way through stages: unknown targets, lost stages, dead ends."""

from collections.abc import Collection

from resettle.programmes.findings import NO_BASIS, Found, named
from resettle.programmes.workflow import ANY, Level, Side, Stage, Workflow


def of_workflow(workflow: Workflow, key: str) -> Found:
    """Unknown targets, stages that nothing leads to, and stages without a way on."""
    codes = {stage.code for stage in workflow.stages}
    yield from named(workflow.start, codes, f"{key}.start", "stage")
    for stage in workflow.stages:
        where = f"{key}.{'side' if stage.side else 'stage'}.{stage.code}"
        yield from named((m.target for m in stage.moves), codes, f"{where}.next", "stage")
        yield from _of_stage(stage, codes, where)
    if not _unknown_targets(workflow, codes):
        yield from _unreachable(workflow, key)
        yield from _dead_ends(workflow, key)


def _of_stage(stage: Stage, codes: Collection[str], where: str) -> Found:
    for move in stage.moves:
        for fact in set(move.may_override) - set(move.needs):
            yield f"{where}.next", f"{fact} may be overridden, but the move does not need it"
    if stage.leave_by and stage.leave_by_basis is None:
        yield f"{where}.leave_by_basis", NO_BASIS
    if stage.silence_days and stage.silence_basis is None:
        yield f"{where}.silence_basis", NO_BASIS
    if isinstance(stage, Side):
        yield from named(set(stage.sources) - {ANY}, codes, f"{where}.from", "stage")


def _unknown_targets(workflow: Workflow, codes: Collection[str]) -> bool:
    return any(m.target not in codes for stage in workflow.stages for m in stage.moves)


def _unreachable(workflow: Workflow, key: str) -> Found:
    reached: set[str] = set()
    waiting = [code for code in workflow.start if code in {s.code for s in workflow.stages}]
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting.extend(move.target for move in workflow.moves_from(code))
    for stage in workflow.stages:
        if stage.code not in reached and stage.level is not Level.PERSON:
            kind = "side" if stage.side else "stage"
            yield f"{key}.{kind}.{stage.code}", "cannot be reached from the start"


def _dead_ends(workflow: Workflow, key: str) -> Found:
    """Ask each stage that is not final for a way on; a side state alone is none."""
    sides = {side.code for side in workflow.sides}
    for stage in workflow.steps:
        on = [move for move in stage.moves if move.target not in sides]
        if not stage.final and not on:
            yield f"{key}.stage.{stage.code}", "is a dead end: not final, and without a way on"
    for side in workflow.sides:
        if not (side.final or side.returns or side.moves or side.level is Level.PERSON):
            yield (
                f"{key}.side.{side.code}",
                "is a dead end: not final, and without a way back or on",
            )
