"""How codes of ours are written as words, and sentences kept so that they can be translated."""

from typing import Any, Self

# What is said letter by letter, and so keeps its capitals.
LETTERS = frozenset({"ece", "esol", "gp", "inz", "iom", "ird", "msd", "nz", "pdf", "sms", "unhcr"})
# Words that are written with a macron, which codes have none of.
MACRONS = {"maori": "Māori", "whanau": "whānau"}


def plain(code: str | None) -> str:
    """Write a code of ours as words: staff_and_sponsor becomes Staff and sponsor."""
    said = within(code)
    return said[:1].upper() + said[1:]


def within(code: str | None) -> str:
    """Write a code as words that stand inside a sentence: UNHCR matched, but photo of a house."""
    words = (code or "").replace("_", " ").lower().split(" ")
    return " ".join(word.upper() if word in LETTERS else MACRONS.get(word, word) for word in words)


class Phrase(str):
    """A sentence with its places filled, which a page may still say in another language.

    It is the English sentence to whoever takes it as text; `form` holds it with its places open.
    """

    __slots__ = ("form", "values")

    form: str
    values: dict[str, Any]

    def __new__(cls, form: str, **values: Any) -> Self:
        made = super().__new__(cls, form % values)
        made.form, made.values = form, values
        return made
