"""The virus scanner is spoken to in clamd's own way, over a socket of either kind."""

import pytest

from resettle.documents.scanning import CHUNK, Unreachable, Verdict, scan
from tests.scanners import CLEAN, FOUND, TOO_LONG, a_scanner


@pytest.fixture(params=["path", "port"])
def path(request, tmp_path_factory):
    return str(tmp_path_factory.mktemp("s") / "c") if request.param == "path" else ""


@pytest.mark.parametrize(("answer", "verdict"), [(CLEAN, Verdict.CLEAN), (FOUND, Verdict.FOUND)])
def test_what_it_answers_is_the_verdict(path, answer, verdict):
    with a_scanner(answer, path) as scanner:
        assert scan(scanner.address, b"a paper") is verdict

    assert scanner.contents == [b"a paper"]


def test_a_long_file_goes_piece_by_piece_and_whole(path):
    content = bytes(range(256)) * 600

    with a_scanner(CLEAN, path) as scanner:
        scan(scanner.address, content)

    assert scanner.contents == [content]
    assert [len(piece) for piece in scanner.heard[0]] == [CHUNK, CHUNK, len(content) - 2 * CHUNK]


@pytest.mark.parametrize("size", [2, 400])
def test_of_a_file_that_is_too_large_for_it_it_says_so_though_it_hangs_up(path, size):
    with a_scanner(TOO_LONG, path, most=CHUNK) as scanner:
        assert scan(scanner.address, bytes(size * CHUNK)) is Verdict.TOO_LARGE


def test_one_that_hangs_up_and_says_nothing_is_not_reached(path):
    with a_scanner(b"", path, most=CHUNK) as scanner, pytest.raises(Unreachable):
        scan(scanner.address, bytes(400 * CHUNK))


@pytest.mark.parametrize("answer", [b"", b"stream: O", b"stream: OK\0more", b"OK\0"])
def test_half_an_answer_and_what_it_never_says_is_none(path, answer):
    with a_scanner(answer, path) as scanner, pytest.raises(Unreachable):
        scan(scanner.address, b"a paper")
