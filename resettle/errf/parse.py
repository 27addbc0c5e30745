"""From the tree to the records: one shape for every version of the form.

Nothing is judged here. What is missing or malformed becomes empty or None.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from resettle.errf import codes, parts
from resettle.errf.form_v4 import MARKS_OF_2_8
from resettle.errf.reader import Node
from resettle.errf.records import Case, OfIndividual, Submission, Unreadable, Version
from resettle.errf.values import number_or_none

MAX_NAMED = 5

R = TypeVar("R", bound=OfIndividual)


def submission(root: Node) -> Submission:
    """Gather the records of a file.

    Raises Unreadable if its cases are those of no form that is known.
    """
    version = _version(root)
    batch = root.find("RRFBATCHTYPE")
    return Submission(
        version=version,
        code_system=codes.system(version),
        indicator=batch.value("GroupIndividualIndicator") if batch else "",
        cases=tuple(
            _case(node, position) for position, node in enumerate(root.all("CASE"), start=1)
        ),
    )


def _version(root: Node) -> Version:
    records = [record for case in root.all("CASE") for record in case.children]
    names = {record.tag for record in records}
    names |= {child.tag for record in records for child in record.children}
    if MARKS_OF_2_8 & names:
        return Version.V2_8
    if "dataIndividualProcessGroup" in names or not records:
        return Version.V4_1
    if "IndividualGUID" in names and "ConcatenatedName" not in names:
        return Version.V4_1
    if {"ConcatenatedName", "IndividualID"} & names:
        return Version.V3
    found = ", ".join(sorted(names)[:MAX_NAMED])
    raise Unreadable(f"The cases are neither of form 3 nor of form 4.1: they hold {found[:200]}.")


def _case(node: Node, position: int) -> Case:
    group = node.find("dataProcessGroup") or Node("dataProcessGroup", node.line)
    individuals = parts.individuals(node)
    ids = {one.key: one.id for one in individuals}
    return Case(
        position=position,
        number=group.value("ProcessingGroupNumber"),
        guid=group.value("ProcessingGroupGUID"),
        size=number_or_none(group.value("ProcessingGroupSize")),
        individuals=individuals,
        cross_references=tuple(
            map(parts.cross_reference, node.all("dataProcessGroupCrossReference"))
        ),
        group_entries=_each(node, "dataIndividualProcessGroup", ids, parts.group_entry),
        addresses=_each(node, "dataAddress", ids, parts.address),
        contacts=_each(node, "dataContact", ids, parts.contact),
        aliases=_each(node, "dataAlias", ids, parts.alias),
        educations=_each(node, "dataEducation", ids, parts.education),
        employments=_each(node, "dataEmployment", ids, parts.employment),
        relatives=_each(node, "dataIndividualRelatives", ids, parts.relative),
        languages=_each(node, "dataLanguage", ids, parts.language),
        photographs=parts.photographs(node, ids),
        resettlements=_each(node, "dataResettlement", ids, parts.resettlement),
        vulnerabilities=_each(node, "dataVulnerability", ids, parts.vulnerability),
        documents=_each(node, "dataDocument", ids, parts.document),
    )


def _each(
    case: Node, tag: str, ids: Mapping[str, str], make: Callable[[Node, Mapping[str, str]], R]
) -> tuple[R, ...]:
    return tuple(make(record, ids) for record in case.all(tag))
