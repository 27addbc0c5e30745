"""Figures over JSON: what is on no list is not found, and nobody counted is no result."""

import pytest

from resettle.core.actor import Actor, Role

MANAGER = Actor(Role.PROGRAMME_MANAGER, name="Hemi")
TABLE = "/api/figures/tables/households-by-location"


class TestTables:
    @pytest.mark.parametrize(
        "path",
        [
            "/api/figures/tables/households-by-shoe-size",
            f"{TABLE}?programme=nowhere",
        ],
        ids=["table", "programme"],
    )
    def test_what_is_on_no_list_is_not_found(self, client_of, path):
        assert client_of(MANAGER).get(path).status_code == 404

    def test_an_empty_table_has_no_rows(self, client_of):
        found = client_of(MANAGER).get(TABLE).json

        assert found["cells"] == []
        assert found["total"] == {"label": "Total", "persons": 0, "households": 0}

    def test_others_are_told_by_way_of_releases_alone(self, client_of):
        assert client_of(MANAGER).get(f"{TABLE}?view=public").status_code == 422


class TestIndicators:
    def test_what_is_on_no_list_is_not_found(self, client_of):
        assert client_of(MANAGER).get("/api/figures/indicators/IND-NONE").status_code == 404

    def test_nobody_counted_is_no_result(self, client_of):
        found = client_of(MANAGER).get("/api/figures/indicators/IND-SCH-14d").json

        assert found["by_stream"] == []
        assert found["warning"]
