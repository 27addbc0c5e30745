"""Read a file, and say all that is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from resettle.errf import fields, form_v3, form_v4, parse, plausibility, reader, rules
from resettle.errf.findings import CORRECTED, Finding, finding
from resettle.errf.reader import Node
from resettle.errf.records import Submission, Version

_FORMS = {
    Version.V3: form_v3.FORM,
    Version.V4_1: form_v4.FORM,
    Version.V2_8: form_v4.FORM_2_8,
}
MAX_FINDINGS = 2000

_BATCH = "RRFBATCHTYPE"
_INDICATOR = "GroupIndividualIndicator"


@dataclass(frozen=True, slots=True)
class Checked:
    submission: Submission
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def read(data: bytes) -> Submission:
    """Read the bytes of a file into records, without judging them.

    Raises Unreadable with one sentence if they are not an eRRF at all.
    """
    return parse.submission(reader.tree(data))


def check(data: bytes, today: date | None = None) -> Checked:
    """Read a file and find what is wrong in it; ages are looked at if the day is given.

    Raises Unreadable with one sentence if the bytes are not an eRRF at all.
    """
    root = reader.tree(data)
    submission = parse.submission(root)
    found = _distinct(_findings(root, submission, today))
    return Checked(
        submission=submission,
        errors=tuple(one for one in found if not one.is_warning),
        warnings=tuple(one for one in found if one.is_warning),
    )


def _findings(root: Node, submission: Submission, today: date | None) -> Iterator[Finding]:
    yield from _around_cases(root)
    yield from rules.of_submission(submission)
    form = _FORMS[submission.version]
    for node, case in zip(root.all("CASE"), submission.cases, strict=True):
        faulty = set()
        for one in fields.of_case(node, case, form):
            faulty.add((one.record, one.field))
            yield one
        yield from rules.of_case(case, submission.version, faulty)
        yield from plausibility.of_case(case, today)


def _around_cases(root: Node) -> Iterator[Finding]:
    yield from fields.unknown(root, rules.SUBMISSION, {_BATCH: None, "CASE": None})
    for batch in root.all(_BATCH):
        yield from fields.unknown(batch, rules.SUBMISSION, {_INDICATOR: None})


def _distinct(findings: Iterator[Finding]) -> list[Finding]:
    """Tell each fault of a record's field once, however often the record stands in the file.

    A file with thousands of faults is not searched to its end: nobody would read the list.
    """
    told: dict[tuple[str, str, str, str], Finding] = {}
    for one in islice(findings, MAX_FINDINGS):
        told.setdefault((one.rule, one.record, one.field, one.value), one)
    if next(findings, None) is not None:
        told["", "", "", ""] = _too_many()
    return list(told.values())


def _too_many() -> Finding:
    return finding(
        "too-many-findings",
        rules.SUBMISSION,
        "",
        "",
        f"The file has more than {MAX_FINDINGS} faults, and was not searched further: {CORRECTED}.",
    )
