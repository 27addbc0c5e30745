"""What is taken as a document, told by what it holds; and what is refused, quickly."""

import time
from io import BytesIO

import pytest
from PIL import Image

from resettle.documents.contents import checked
from resettle.documents.refusals import Refused
from tests.unit.files_sent import GOOD, HOSTILE, a_picture


@pytest.mark.parametrize("name", GOOD)
def test_what_people_send_is_told_by_its_content(name: str):
    content, media_type = GOOD[name]

    assert checked(content).media_type == media_type


@pytest.mark.parametrize("name", [name for name in GOOD if GOOD[name][1] != "image/jpeg"])
def test_what_is_no_picture_stays_as_it_came(name: str):
    content, _ = GOOD[name]

    assert checked(content).content == content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_does_not_say_where_it_was_taken(kind: str):
    sent = a_picture(kind)
    assert b"taken at the house" in sent

    kept = checked(sent).content

    assert b"taken at the house" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_a_large_picture_stays_legible():
    kept = checked(a_picture("PNG", 3000)).content

    assert Image.open(BytesIO(kept)).size == (3000, 3000)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_nobody_should_send_is_refused_quickly(name: str):
    content = HOSTILE[name]()
    begun = time.perf_counter()

    with pytest.raises(Refused) as refused:
        checked(content)

    assert str(refused.value).endswith(".")
    assert time.perf_counter() - begun < 2
