"""How alike two names are, however they were brought into Latin letters.

Arabic and Persian write few vowels, and each office spells the rest in its own way (محمد, Mohammed,
Muhammad), so names are compared twice: as folded letters, and as the consonants that remain.
Whole names are compared for duplicates; word by word they are looked up in the search.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz, process

# Letters, and groups of them, that one office writes for what another writes otherwise.
FOLDS = (
    # Breathed letters of Burmese and Karen: Htoo, Hpaw, Hla, Hser.
    (re.compile(r"^h(?=[klnpt][aeiou]|se)"), ""),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th(?=.)"), "t"),
    (re.compile(r"[kg]h|q|ck|c(?!h)|ch(?=ae)"), "k"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"zh|dj"), "j"),
    (re.compile(r"ou|oo|w"), "u"),
    (re.compile(r"ee|ie|iy|y"), "i"),
    (re.compile(r"v"), "u"),
    (re.compile(r"z"), "s"),
    (re.compile(r"h$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
VOWELS = re.compile(r"[aeiou]")
NOT_LETTERS = re.compile(r"[^a-z ]")
# What stands before a name in Arabic, joined or apart: al-Rahman, el Rahman, Abd al-Rahman.
PARTICLES = frozenset({"al", "el", "ul", "l", "bin", "bint", "ibn", "binti", "ould", "u", "daw"})
# Burmese syllables of names, since a letter-by-letter reading of them is nobody's spelling.
BURMESE = {
    "အောင်": "aung",
    "ဆန်း": "san",
    "စန်း": "san",
    "စု": "su",
    "ကြည်": "kyi",
    "မြင့်": "myint",
    "သန်း": "than",
    "ကျော်": "kyaw",
    "မောင်": "maung",
    "လှ": "hla",
    "ထွန်း": "tun",
    "ဝင်း": "win",
    "ခင်": "khin",
    "မိုး": "moe",
    "စိုး": "soe",
    "ဇော်": "zaw",
    "မင်း": "min",
    "ထက်": "htet",
    "နိုင်": "naing",
    "လွင်": "lwin",
    "သိန်း": "thein",
    "တင်": "tin",
    "အေး": "aye",
    "ဖြိုး": "phyo",
    "မြတ်": "myat",
    "ဇင်": "zin",
    "မာ": "mar",
    "နွယ်": "nwe",
    "စော": "saw",
    "နော်": "naw",
    "ထူး": "htoo",
    "ဒေါ်": "daw",
    "ဦး": "u",
    # S’gaw Karen, which writes the same letters for other sounds.
    "စီၤ": "saw",
    "နီၢ်": "naw",
    "ထူ": "htoo",
    "ဖီ": "paw",
    "မူ": "moo",
    "အဲၣ်": "eh",
    "ဒိၣ်": "doh",
    "ဝါ": "wah",
}
SYLLABLE = re.compile("|".join(sorted(BURMESE, key=len, reverse=True)))
ARABIC_ARTICLE = re.compile(r"(عبد)\s*ال|\bال")  # noqa: RUF001  # Arabic letters
SERVANT = re.compile(r"\babd[aeu]?[lr]?[- ]*(?=[a-z]{3})")
SKELETON_LEAST = 3
SKELETON_WEIGHT = 0.95
VOICED = 0.25
CLOSE = 85
# What letters or consonants must have in common so that it may come, rounded, to what is close.
SPELLED_LEAST = CLOSE - 0.5
HEARD_LEAST = SPELLED_LEAST / SKELETON_WEIGHT - 0.01


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its folded letters, and the consonants by which it is heard."""

    letters: str
    bones: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A name in the two forms in which it is compared."""

    letters: str
    consonants: str

    @property
    def has_vowels(self) -> bool:
        return has_vowels(self.letters)


def has_vowels(letters: str) -> bool:
    return len(VOWELS.findall(letters)) >= VOICED * len(letters)


def words(*parts: str) -> list[Word]:
    """Fold the parts of a name word by word, each word once."""
    found = dict.fromkeys(word for word in _words(" ".join(parts)) if word)
    return [Word(word, _bones(word)) for word in found]


def folded(*parts: str) -> Folded:
    """Fold the parts of a name, whatever their script and order."""
    words = sorted(_words(" ".join(parts)), key=lambda word: (_bones(word), word))
    return Folded(" ".join(words), "".join(_bones(word) for word in words))


def _bones(word: str) -> str:
    return VOWELS.sub("", word).replace("h", "")


def _words(name: str) -> Iterable[str]:
    name = SYLLABLE.sub(lambda found: f" {BURMESE[found[0]]} ", name)
    name = ARABIC_ARTICLE.sub(lambda found: f"{found[1] or ''} ", name)
    plain = SERVANT.sub("abd ", anyascii(name).lower().replace("'", "").replace("`", ""))
    for word in NOT_LETTERS.sub("", plain.replace("-", " ")).split():
        if word not in PARTICLES:
            yield _fold(word)


def _fold(word: str) -> str:
    for pattern, replacement in FOLDS:
        word = pattern.sub(replacement, word)
    return word


def likeness(one: Folded, other: Folded) -> int:
    """Say from 0 to 100 how alike two names are."""
    if not one.letters or not other.letters:
        return 0
    spelled = fuzz.ratio(one.letters, other.letters)
    if min(len(one.consonants), len(other.consonants)) < SKELETON_LEAST:
        return round(spelled)
    heard = fuzz.ratio(one.consonants, other.consonants) * SKELETON_WEIGHT
    if one.has_vowels and other.has_vowels:
        # Where both spell their vowels, these count too: Omar Haddad is not Amira Hadid.
        heard = (spelled + heard) / 2
    return round(max(spelled, heard))


class Names:
    """Many folded names, among which those near to one are found without comparing each in full."""

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._consonants: list[str] = []

    def take(self, name: Folded) -> None:
        self._letters.append(name.letters)
        self._consonants.append(name.consonants)

    def near(self, name: Folded) -> set[int]:
        """Find all names that may be close to one, by their number in the order of taking.

        No name is left out whose `likeness` says CLOSE, which either letters or consonants do.
        """
        spelled = process.extract(
            name.letters, self._letters, scorer=fuzz.ratio, score_cutoff=SPELLED_LEAST, limit=None
        )
        heard = process.extract(
            name.consonants,
            self._consonants,
            scorer=fuzz.ratio,
            score_cutoff=HEARD_LEAST,
            limit=None,
        )
        return {number for _, _, number in (*spelled, *heard)}


def are_close(one: Folded, other: Folded) -> bool:
    return likeness(one, other) >= CLOSE
