"""Case files made from values: valid ones, to break one thing in."""

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

from resettle.errf import check
from tests.unit import errf_records
from tests.unit.errf_records import an_id

NS = "http://tempuri.org/ElectronicRRF.xsd"
DAY = date(2026, 11, 1)
REL = "RelationshipToPrincipalRepresentative"
PA, SECOND = an_id(1), an_id(2)
CASE_3, CASE_4 = "199-11C00001", "199-21C00001"

Break = Callable[[ET.Element], None]


def v3(people=2, **batch):
    return _file([errf_records.case_v3(people)], **batch)


def v4(people=3, cases=1, **batch):
    return of_form_4(range(1, cases + 1), people, **batch)


def of_form_4(numbers, people=1, **batch):
    return _file([errf_records.case_v4(people, number) for number in numbers], **batch)


def _file(cases, indicator=None):
    root = ET.Element("UNHCR_RRF")
    batch = ET.SubElement(root, "RRFBATCHTYPE")
    default = "Single Submission" if len(cases) == 1 else "Group Submission"
    ET.SubElement(batch, "GroupIndividualIndicator").text = (
        default if indicator is None else indicator
    )
    for records in cases:
        case = ET.SubElement(root, "CASE")
        for tag, fields in records:
            add(case, tag, **fields)
    return root


def add(case, tag, **fields):
    record = ET.SubElement(case, tag)
    for name, value in fields.items():
        ET.SubElement(record, name).text = value
    return record


def written(root, breaking: Break | None = None, namespace=NS):
    """Write a file out, after breaking it if asked."""
    if breaking is not None:
        breaking(root)
    if namespace:
        root.set("xmlns", namespace)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def change(path, text):
    """Make a breaker that sets the text of one element; None removes it."""

    def breaking(root):
        element = root.find(f"CASE/{path}")
        if text is None:
            root.find(f"CASE/{path}/..").remove(element)
        else:
            element.text = text

    return breaking


def more(tag, **fields):
    """Make a breaker that adds a record to the first case."""
    return lambda root: add(root.find("CASE"), tag, **fields) and None


def without(path):
    """Make a breaker that removes every element at the path, in the first case."""

    def breaking(root):
        case = root.find("CASE")
        for element in case.findall(path):
            case.remove(element)

    return breaking


def both(*breakers):
    def breaking(root):
        for each in breakers:
            each(root)

    return breaking


def errors(root, breaking=None):
    """Say which errors a file gives: rule, record and field."""
    found = check(written(root, breaking), DAY)
    return [(one.rule, one.record, one.field) for one in found.errors]
