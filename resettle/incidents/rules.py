"""What is decided of incidents without looking anything up."""

SAFEGUARDING = frozenset(
    {"safeguarding_child", "family_violence", "self_harm", "exploitation_work"}
)
UNREADY_SEVERITY = 3


def is_safeguarding(kind: str) -> bool:
    """Tell whether only those who may read protection notes see an incident of this kind."""
    return kind in SAFEGUARDING


def unready_text(missing: tuple[str, ...]) -> str:
    return "The household was placed before the house was ready. Missing: " + "; ".join(missing)
