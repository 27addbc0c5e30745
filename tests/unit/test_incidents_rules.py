"""What is decided of incidents."""

from datetime import UTC, datetime

import pytest

from resettle.incidents import rules


@pytest.mark.parametrize(
    ("kind", "safeguarding"),
    [("family_violence", True), ("self_harm", True), ("accident", False), ("complaint", False)],
)
def test_some_kinds_of_incidents_are_of_safeguarding(kind, safeguarding):
    assert rules.is_safeguarding(kind) is safeguarding


class TestNotices:
    def test_they_are_read_as_they_were_written(self):
        told = (rules.Notice("Police", datetime(2026, 3, 1, 9, tzinfo=UTC)),)
        told += (rules.Notice("Te Whatu Ora", None),)

        assert rules.read_notices(rules.written_notices(told)) == told

    @pytest.mark.parametrize(
        ("text", "told"), [(None, ()), ("Police", (rules.Notice("Police", None),))]
    )
    def test_of_older_ones_the_moment_is_not_known(self, text, told):
        assert rules.read_notices(text) == told
