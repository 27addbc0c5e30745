"""Scenario 14: parts that sum to 8,040 beside a stated total of 8,039 are not passed over."""

import pytest

# INZ's statistics of ten years to 31 March 2017, as quoted (domain.md 7.4, T6).
STATED = 8039
PARTS = {
    "subcategory": {
        "emergency": 13,
        "medical or disabled": 223,
        "women at risk": 1183,
        "protection": 5826,
        "family reunion": 795,
    },
    "age": {"0-4": 982, "5-12": 1356, "13-17": 1016, "18-60": 4548, "60+": 138},
    "sex": {"female": 4070, "male": 3970},
}


def check(office, parts, stated):
    sent = {"labels": [*parts], "numbers": [*parts.values()], "stated": stated}
    return office.manager.asks("POST", "/api/figures/sums", json=sent)


class TestReconciliation:
    @pytest.mark.parametrize("name", PARTS)
    def test_each_way_of_parting_is_one_more_than_stated(self, office, name):
        found = check(office, PARTS[name], STATED).json

        assert (found["total"], found["stated"], found["difference"]) == (8040, 8039, 1)
        assert "add up to 8,040, the stated total is 8,039: 1 more" in found["warning"]

    def test_what_adds_up_is_not_warned_of(self, office):
        found = check(office, PARTS["sex"], 8040).json

        assert (found["difference"], found["warning"]) == (0, None)
