"""What is decided of incidents."""

import pytest

from resettle.incidents import rules


@pytest.mark.parametrize(
    ("kind", "safeguarding"),
    [("family_violence", True), ("self_harm", True), ("accident", False), ("complaint", False)],
)
def test_some_kinds_of_incidents_are_of_safeguarding(kind, safeguarding):
    assert rules.is_safeguarding(kind) is safeguarding
