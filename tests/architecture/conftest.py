"""An application to look at, which no guard sends a request."""

import pytest
from flask import Flask

from resettle.app import create_app
from resettle.settings import Settings


@pytest.fixture(scope="session")
def built() -> Flask:
    return create_app(Settings.for_tests("sqlite://"))
