"""What the scenarios stand on: the application, and an office of people who use it."""

import pytest

from tests.application import (
    app,
    apps,
    client_of,
    committed_app,
    committed_client_of,
    connection,
    grounds,
    once,
    transactions,
    whole_app,
)
from tests.scenarios.office import Office

__all__ = [
    "app",
    "apps",
    "client_of",
    "committed_app",
    "committed_client_of",
    "connection",
    "grounds",
    "once",
    "transactions",
    "whole_app",
]


@pytest.fixture
def office(app, clock):
    return Office(app, clock)
