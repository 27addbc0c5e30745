"""What may be sent with an application, and when. Pure."""

from collections.abc import Mapping
from enum import StrEnum

LARGEST_MIB = 10
MOST = 30


class Kind(StrEnum):
    """What a paper is. There is none for police vetting: its outcome alone is kept, elsewhere."""

    REGISTRATION = "registration"
    CONSTITUTION = "constitution"
    ACCOUNTS = "accounts"
    CHILD_PROTECTION = "child_protection"
    TRAINING = "training"
    HOUSING = "housing"
    LETTER = "letter"
    OTHER = "other"


TITLES: Mapping[Kind, str] = {
    Kind.REGISTRATION: "Registration of the legal body",
    Kind.CONSTITUTION: "Constitution or rules",
    Kind.ACCOUNTS: "Accounts or a statement of the bank",
    Kind.CHILD_PROTECTION: "Child protection policy",
    Kind.TRAINING: "Certificate of a training",
    Kind.HOUSING: "Offer of a house",
    Kind.LETTER: "Letter of support",
    Kind.OTHER: "Something else",
}


def takes(*, is_open: bool, is_decided: bool, waiting: int) -> bool:
    """Say whether a group may add papers: while it writes, and while it is asked something."""
    return not is_decided and (is_open or waiting > 0)
