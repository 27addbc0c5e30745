"""Hostile and broken files are refused quickly, with one sentence, and cost little memory."""

import base64
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from resettle.errf import Unreadable, check, read, reader, report
from tests.unit import errf_files as made
from tests.unit.errf_records import a_photo

SAMPLES = Path(__file__).parents[1] / "data" / "errf" / "samples"
V4 = (SAMPLES / "V4-TEST.xml").read_bytes()
V3 = (SAMPLES / "V3-TEST.xml").read_bytes()
MIB = 1024 * 1024
HEAD = '<?xml version="1.0" encoding="{}"?>'
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))


def doctype(inside):
    return f'<?xml version="1.0"?><!DOCTYPE x [{inside}]><UNHCR_RRF>&l9;</UNHCR_RRF>'.encode()


def named(encoding, text="é"):
    return HEAD.format(encoding) + f"<UNHCR_RRF><CASE>{text}</CASE></UNHCR_RRF>"


REFUSED = [
    (b"", "empty"),
    (b" \r\n\t ", "empty"),
    (b"\xef\xbb\xbf", "well-formed"),
    (b"\x00\x01\x02", "NUL"),
    (V4[:5000] + b"\x00" + V4[5000:], "NUL"),
    (V4 + b"\x00", "NUL"),
    (V4 + b" " * reader.MIB + b"\x00", "well-formed"),
    (b"%PDF-1.7", "well-formed"),
    (b'{"cases": []}', "well-formed"),
    (V4[: len(V4) // 2], "line"),
    (V4 + V4, "line"),
    (b"<html><body/></html>", "its root is html"),
    (b"<UNHCR_RRF xmlns='urn:other'/>", "another namespace: urn:other"),
    (b"<UNHCR_RRF version='5.0'/>", "version that is not known here: 5.0"),
    (b"<UNHCR_RRF><CASE><person><name/></person></CASE></UNHCR_RRF>", "they hold name, person"),
    (doctype('<!ENTITY l0 "ha">' + LAUGHS), "document type"),
    (doctype('<!ENTITY l9 SYSTEM "file:///etc/passwd">'), "document type"),
    (doctype('<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;'), "document type"),
    (b'<!DOCTYPE UNHCR_RRF SYSTEM "http://127.0.0.1/x.dtd"><UNHCR_RRF/>', "document type"),
    (b"<UNHCR_RRF>&l9;</UNHCR_RRF>", "undefined entity"),
    (b"<UNHCR_RRF>" + b"<a>" * 61, "deep"),
    (b"<UNHCR_RRF>" + b"<a>" * 100_000, "deep"),
    (b"<UNHCR_RRF>" + b"<a/>" * (reader.MAX_ELEMENTS + 1), "more elements"),
    (b"<UNHCR_RRF><CASE>" + b"<a/>" * (reader.MAX_RECORDS + 1), "more elements"),
    (b"<UNHCR_RRF>" + b"x" * (reader.MAX_TEXT + 1), "text"),
    (b"<UNHCR_RRF>" + b"".join(b"<a%d/>" % n for n in range(600)), "more kinds of elements"),
    (b"<UNHCR_RRF " + b" ".join(b"a%d=''" % n for n in range(50_000)) + b"/>", "or attributes"),
    (b"<UNHCR_RRF><!--" + b"x" * (3 * MIB) + b"--></UNHCR_RRF>", "more than 1 MB"),
    (b"<UNHCR_RRF a='" + b"x" * (3 * MIB) + b"'/>", "more than 1 MB"),
    (b"<UNHCR_RRF " + b" ".join(b"a%d=''" % n for n in range(300_000)) + b"/>", "more than 1 MB"),
    (named("utf-8").encode("latin-1"), "line"),
    (named("iso-8859-1").encode(), "says that its encoding is iso-8859-1"),
    (named("utf-16").encode(), "says that its encoding is utf-16"),
    (b"\xef\xbb\xbf" + named("windows-1252").encode(), "says that its encoding"),
    (named("utf-7").encode("utf-7"), "not known here: utf-7"),
    (named("x-unknown", "").encode(), "not known here: x-unknown"),
    (V4.decode("utf-8-sig").encode("utf-16")[:-1001], "line"),
    (named("x-unknown").encode("utf-16"), "not known here."),
]


class TestRefused:
    @pytest.mark.parametrize(("data", "sentence"), REFUSED)
    def test_it(self, data, sentence):
        tracemalloc.start()

        with pytest.raises(Unreadable) as refused:
            check(data)

        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        message = str(refused.value)
        assert sentence in message
        assert message.endswith(".")
        assert "\n" not in message
        assert peak < 64 * MIB

    @pytest.mark.parametrize("data", [data for data, _ in REFUSED])
    def test_it_is_quick(self, data):
        started = time.process_time()

        with pytest.raises(Unreadable):
            check(data)

        assert time.process_time() - started < 4  # a quarter of it where coverage is off

    def test_a_file_beyond_the_limit(self, monkeypatch):
        monkeypatch.setattr(reader, "MAX_FILE", 1000)

        with pytest.raises(Unreadable, match="larger than"):
            read(V4)


FLOODS = [
    b"<dataIndividual/>" * 14_000,
    b"".join(b"<dataIndividual><IndividualID>%d</IndividualID></dataIndividual>" % number
             for number in range(14_000)),
    b"".join(b"<dataIndividual><IndividualID>%d</IndividualID></dataIndividual>" % (number // 2)
             for number in range(14_000)),
    b"<dataIndividual><IndividualID>1</IndividualID></dataIndividual><dataLanguage/>" * 7_000,
    b"<dataIndividual>" + b"<SexCode>F</SexCode>" * 140_000 + b"</dataIndividual>",
]  # fmt: skip


def test_a_thousand_cases_are_one_file():
    found = check(made.written(made.v4(people=3, cases=1000)))

    assert len(found.submission.cases) == 1000


class TestFlood:
    @pytest.mark.parametrize("records", FLOODS)
    def test_a_file_of_faults_is_answered_soon(self, records):
        data = b"<UNHCR_RRF><CASE><dataEducation><IndividualID/></dataEducation>" + records
        started = time.process_time()

        found = check(data + b"</CASE></UNHCR_RRF>")
        shape = report.as_json(found)

        assert len(shape["errors"]) <= 2001
        assert time.process_time() - started < 8  # a fifth of it where coverage is off

    def test_the_search_says_that_it_ended_early(self):
        records = b"".join(
            b"<dataIndividual><IndividualID>%d</IndividualID></dataIndividual>" % number
            for number in range(200)
        )

        found = check(b"<UNHCR_RRF><CASE>" + records + b"</CASE></UNHCR_RRF>")

        assert found.errors[-1].rule == "too-many-findings"


class TestPhotos:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP"])
    @pytest.mark.parametrize(("end", "rules"), [(None, []), (-40, ["photo-undecodable"])])
    def test_an_image_is_whole_or_damaged(self, kind, end, rules):
        image = base64.b64decode(a_photo((60, 70), kind))[:end]
        picture = base64.b64encode(image).decode()
        data = made.written(made.v4(), made.change("dataPhotograph/Photo", picture))

        assert [one.rule for one in check(data).errors] == rules

    def test_a_photo_of_60_mb_is_a_finding_and_no_burden(self):
        huge = base64.b64encode(bytes(60 * MIB)).decode()
        data = made.written(made.v4(), made.change("dataPhotograph/Photo", huge))
        del huge
        tracemalloc.start()

        found = check(data)

        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert [(one.rule, one.field, one.value) for one in found.errors] == [
            ("photo-size", "Photo", "")
        ]
        assert peak < 64 * MIB

    def test_photos_that_are_too_large_together(self, monkeypatch):
        monkeypatch.setattr(reader, "MAX_PHOTOS", 100)

        found = check(made.written(made.v4(), made.change("dataPhotograph/Photo", "AAAA" * 34)))

        assert [(one.rule, one.value) for one in found.errors] == [("photo-size", "")]
        assert "taken together" in found.errors[0].message

    def test_many_pixels_in_a_small_file(self):
        picture = a_photo((8000, 7000), "PNG")
        data = made.written(made.v4(), made.change("dataPhotograph/Photo", picture))

        assert [one.rule for one in check(data).errors] == ["photo-size"]

    def test_base64_that_goes_on_after_its_end(self):
        data = made.written(made.v4(), made.change("dataPhotograph/Photo", "@"))

        found = check(data.replace(b"@", b"AA==<!-- -->AAAA"))

        assert [one.rule for one in found.errors] == ["photo-undecodable"]

    def test_base64_without_padding(self):
        picture = a_photo((41, 53)).rstrip("=")
        data = made.written(made.v4(), made.change("dataPhotograph/Photo", picture))

        assert check(data).submission.cases[0].photographs[0].image.startswith(b"\x89PNG")


class TestAccepted:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
    def test_every_encoding_that_says_what_it_is(self, encoding):
        text = V4.decode("utf-8-sig").replace("BUNNY", "Kovač ကခ")
        if encoding.startswith("utf-16"):
            text = text.replace('encoding="utf-8"', 'encoding="utf-16"')
        data = text.encode("utf-16" if encoding.startswith("utf-16") else encoding)

        found = check(data)

        assert found.errors == ()
        assert found.submission.cases[0].individuals[1].family_name == "Kovač ကခ"

    def test_single_bytes(self):
        text = V4.decode("utf-8-sig").replace("BUNNY", "Núñez")
        data = text.replace('encoding="utf-8"', 'encoding="ISO-8859-1"').encode("latin-1")

        assert read(data).cases[0].individuals[1].family_name == "Núñez"

    def test_without_declaration_comments_and_sections(self):
        text = V4.decode("utf-8-sig").split("?>", 1)[1].strip()
        text = text.replace("<GivenName>Mover<", "<GivenName><![CDATA[Mo]]>v<!-- x -->er<")

        assert read(text.encode()).cases[0].individuals[2].given_name == "Mover"

    @pytest.mark.parametrize("attribute", ['Version="4.1"', 'version="v3"', 'note="5"'])
    def test_a_version_that_is_known(self, attribute):
        data = V4.replace(b"<UNHCR_RRF ", f"<UNHCR_RRF {attribute} ".encode())

        assert check(data).errors == ()

    def test_a_form_without_namespace(self):
        data = V4.replace(b' xmlns="http://tempuri.org/ElectronicRRF.xsd"', b"")

        assert check(data).errors == ()


def mutations():
    return some.one_of(
        some.tuples(some.just("cut"), some.integers(0, 40_000), some.just(0)),
        some.tuples(some.just("set"), some.integers(0, 40_000), some.integers(0, 255)),
        some.tuples(some.just("drop"), some.integers(0, 40_000), some.integers(1, 400)),
        some.tuples(some.just("line"), some.integers(0, 40_000), some.just(0)),
    )


def mutated(data, mutation):
    kind, where, amount = mutation
    where %= max(len(data), 1)
    if kind == "cut":
        return data[:where]
    if kind == "set":
        return data[:where] + bytes([amount]) + data[where + 1 :]
    if kind == "drop":
        return data[:where] + data[where + amount :]
    lines = data.split(b"\n")
    del lines[where % len(lines)]
    return b"\n".join(lines)


def outcome(data):
    """Say what came of a file: why it was refused, or what was found."""
    try:
        found = check(data)
    except Unreadable as refused:
        return str(refused)
    return " ".join([one.message for one in (*found.errors, *found.warnings)] or ["Fine."])


class TestAnything:
    @settings(max_examples=150, deadline=None)
    @given(some.sampled_from([V3, V4]), some.lists(mutations(), min_size=1, max_size=4))
    def test_a_damaged_file_is_read_or_refused(self, data, changes):
        for change in changes:
            data = mutated(data, change)

        assert outcome(data).endswith(".")

    @settings(max_examples=60, deadline=None)
    @given(some.data())
    def test_an_element_less_is_read_and_told_if_needed(self, data):
        root = made.v4(2)
        case = root.find("CASE")
        record = data.draw(some.sampled_from(list(case)))
        record.remove(data.draw(some.sampled_from(list(record))))

        found = check(made.written(root))

        assert len(found.submission.cases) == 1

    @given(some.binary(max_size=300))
    def test_bytes_are_refused(self, data):
        with pytest.raises(Unreadable):
            read(data)
