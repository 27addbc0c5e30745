"""Specific needs: which codes there are, on which shelf each lies, and what sponsors never see."""

from collections.abc import Mapping
from enum import StrEnum


class NeedKind(StrEnum):
    """Which of the two closed shelves a need lies on."""

    HEALTH = "health"
    PROTECTION = "protection"


# UNHCR’s groups of needs with their detailed codes.
DETAILS: Mapping[str, str] = {
    "CR": "CP CS CC TP LW LO NE SE AF CL CH MS",
    "SC": "SC UC CH IC FC NC UF UM",
    "WR": "WR SF LC GM HR PY UW WF",
    "PG": "HR LC",
    "ER": "NF MC FR OC SC UR",
    "SP": "PT GP CG",
    "DS": "BD DF PM PS MM MS SD",
    "SM": "MI MN DP CI CC OT AD",
    "FU": "TR FR",
    "LP": (
        "ND BN NA MM MD RR RD DA DO DT IH WP AN RP MS LS AP CR ST AF "
        "DN DP ES FR PV TA TC TD TO TR UP VA VF VO VP"
    ),
    "TR": "PI HO WV",
    "SV": "VA VF VO GM HP HK FM SS",
}
CODES = frozenset(DETAILS) | {
    f"{group}-{detail}" for group, details in DETAILS.items() for detail in details.split()
}
HEALTH_GROUPS = frozenset({"SM", "DS"})
NEVER_SHARED = ("TR", "SV", "LP", "SM-MI", "SM-AD")


def kind_of(code: str) -> NeedKind:
    return NeedKind.HEALTH if code[:2] in HEALTH_GROUPS else NeedKind.PROTECTION


def may_be_shared(code: str) -> bool:
    """Tell whether even the practical side of a need may be shown to a sponsor group."""
    return not code.startswith(NEVER_SHARED)
