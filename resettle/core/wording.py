"""How codes of ours are written as words."""


def plain(code: str | None) -> str:
    """Write a code of ours as words: staff_and_sponsor becomes Staff and sponsor."""
    return "" if code is None else code.replace("_", " ").capitalize()
