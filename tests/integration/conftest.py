"""What these tests stand on."""

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
