"""What is typed, and whose name it finds: a table of spellings, script by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.names import folding, rules
from resettle.names.folding import Word
from resettle.names.rules import Why

HITS = [
    # Arabic, Persian, Dari, Urdu
    ("Muhammad", "Mohammed Al-Hassan"),
    ("Mohammed", "محمد الحسن"),
    ("محمد", "Muhammad Hassan"),
    ("محمد", "محمد حسین"),
    ("mohamad hasan", "محمد الحسن"),
    ("Mohamed", "Mohammad Karimi"),
    ("mohd amin", "Mohd Amin"),
    ("الحسن", "Hassan Mahmoud"),
    ("Al Hassan", "Mohammed Al-Hassan"),
    ("Hussain", "Hussein Ali"),
    ("حسین", "Hossein Rezaei"),
    ("Yusuf", "Youssef Aly"),
    ("یوسف", "Yousef Karimi"),
    ("Fatemeh", "Fatima Ahmadi"),
    ("فاطمه", "Fatima Noori"),
    ("Zainab", "زینب کریمی"),
    ("Zeynab", "Zainab Karimi"),
    ("Abdul Rahman", "Abdulrahman Nuri"),
    ("Abdurrahman", "عبدالرحمن نوری"),
    ("عبد الرحمن", "Abdul Rahman Noori"),
    ("Khaled", "خالد قاسم"),
    ("Kassem", "Khalid Qasim"),
    ("Reem", "ريم عثمان"),
    ("Amira", "اميرة حداد"),
    ("Osman", "Othman Reem"),
    ("Haidari", "Zahra Heydari"),
    ("حیدری", "Zahra Haidari"),
    ("Noori", "Nuri Farid"),
    # Burmese and Karen
    ("Aung Kyaw", "Kyaw Moe Aung"),
    ("Aung San", "အောင် ဆန်း"),
    ("အောင်", "Aung Min"),
    ("Saw Htoo", "စောထူး"),
    ("saw too", "Saw Htoo"),
    ("Ser Nay Moo", "Hser Nay Moo"),
    ("Naw Paw", "နီၢ် ဖီ"),
    ("စီၤ", "Saw Eh Doh"),
    ("Eh Doh", "Saw Eh Doh"),
    ("Khin", "ခင် မာ"),
    # Tigrinya and Amharic
    ("Tesfay", "ተስፋዬ ገብረ"),
    ("ተስፋይ", "Tesfay Gebre"),
    ("Kibrom", "ክብሮም ተክለ"),
    ("Selam", "ሰላም ኣብርሃ"),
    ("ሰላም", "Selam Abraha"),
    ("Freweini", "ፍረወይኒ ሓጎስ"),
    ("Mikael", "Michael Haile"),
    ("Yohannes", "Johannes Tekle"),
    ("Tzegay", "ጸጋይ ሃይለ"),
    # Cyrillic
    ("Oleksandr", "Олександр Коваленко"),
    ("Alexander", "Oleksandr Kovalenko"),
    ("Коваленко", "Olena Kovalenko"),
    ("Shevchenko", "Шевченко Тарас"),
    ("Iuliia", "Юлія Петренко"),
    ("Yulia", "Юлія Петренко"),
    ("Serhij", "Serhiy Petrenko"),
    ("Serhii", "Сергій Петренко"),
    # Spanish, with its accents or without
    ("Munoz", "Jorge Muñoz"),
    ("Muñoz", "JORGE MUNOZ"),
    ("Gonzales", "María González"),
    ("Perez", "Pérez Rojas"),
    ("Jimenes", "Luis Jiménez"),
    # Māori, with macrons or doubled vowels
    ("Wharekawa", "Whārekawa Ngāti"),
    ("Maanu", "Mānu Tāne"),
    ("Whetu", "Whetū Rangi"),
    # Slips of the finger, and beginnings
    ("Kovalneko", "Olena Kovalenko"),
    ("Petreno", "Serhiy Petrenko"),
    ("Karmi", "Zeinab Karimi"),
    ("Tesf", "Tesfaye Gebre"),
    ("ko ol", "Olena Kovalenko"),
    ("O'Brien", "Seán O’Brien"),
    ("Jean-Pierre", "Jean Pierre Nkurunziza"),
    ("nkurunzizi", "Jean Pierre Nkurunziza"),
]
MISSES = [
    ("Mohammed", "Ahmed Hussein"),
    ("محمد", "Hamid Karimi"),
    ("Omar", "Amira Hadid"),
    ("Fatima", "Farida Nazari"),
    ("Naw Paw", "Saw Htoo"),
    ("Ali", "Aye Aye"),
    ("Aung Moe", "Aung Min"),
    ("Saw", "Naw Eh"),
    ("Kovalenko", "Kovalchuk Olena"),
    ("Petrenko", "Shevchenko Taras"),
    ("Selam", "Solomon Haile"),
    ("Kibrom", "Kiros Haile"),
    ("Perez", "Pineda Luis"),
    ("Hassan", "Hussein Mahmoud"),
    ("Zahra Karimi", "Zahra Haidari"),
    ("Rustamov", "Rashid Karimov"),
    ("z", "Zahra Karimi"),
    ("Whetu", "Wiremu Tane"),
    ("San", "Hassan Mahmoud"),
    ("Maria Lopez", "María González"),
]


def found(typed: str, name: str) -> rules.Hit | None:
    asked = folding.words(rules.name_in(typed))
    vocabulary = {word: ["them"] for word in folding.words(name)}
    return rules.who_is_named(asked, vocabulary).get("them")


@pytest.mark.parametrize(("typed", "name"), HITS)
def test_a_spelling_finds_the_name(typed, name):
    assert found(typed, name), (folding.words(typed), folding.words(name))


@pytest.mark.parametrize(("typed", "name"), MISSES)
def test_another_name_is_not_found(typed, name):
    assert not found(typed, name), (folding.words(typed), folding.words(name))


def test_the_table_is_long_enough_to_be_trusted():
    assert len(HITS) + len(MISSES) >= 80


@pytest.mark.parametrize(
    ("typed", "name", "why"),
    [
        ("Haidari", "Haidari", Why.NAME),
        ("Haid", "Haidari", Why.STARTS),
        ("Muhammad", "محمد", Why.SOUNDS),
        ("Petreno", "Petrenko", Why.SPELLED),
    ],
)
def test_it_says_why(typed, name, why):
    assert found(typed, name).reasons == (why,)


def test_the_nearer_name_scores_more():
    exact, start, sound, slip = (
        found(typed, name).score
        for typed, name in [
            ("Kovalenko", "Kovalenko"),
            ("Kova", "Kovalenko"),
            ("Muhammad", "محمد"),
            ("Petreno", "Petrenko"),
        ]
    )

    assert exact > start > sound > slip


def test_every_word_must_fit_the_same_person():
    vocabulary = {Word("sahra", "sr"): ["one"], Word("karimi", "krm"): ["other"]}

    assert rules.who_is_named(folding.words("Zahra Karimi"), vocabulary) == {}
    assert rules.who_is_named([], vocabulary) == {}


@pytest.mark.parametrize(
    ("typed", "endings"),
    [
        ("R-2026-0042", ["R-2026-0042"]),
        ("r-2026-42", ["R-2026-0042"]),
        (" r20260042 ", ["R-2026-0042"]),
        ("2026 42", ["R-2026-0042"]),
        ("42", ["-0042"]),
        ("00042", ["-0042"]),
        ("Haidari", []),
        ("021 123 4567", []),
        ("", []),
    ],
)
def test_a_reference_is_understood_however_it_is_written(typed, endings):
    assert rules.references_in(typed) == endings


@pytest.mark.parametrize(
    ("typed", "number", "name"),
    [
        ("199-00C00042", "19900c00042", ""),
        ("+64 21 123 4567", "64211234567", ""),
        ("42", None, ""),
        ("Haidari", None, "Haidari"),
        ("Haidari 199-00C00042", "haidari19900c00042", "Haidari"),
    ],
)
def test_numbers_and_names_are_told_apart(typed, number, name):
    assert rules.number_in(typed) == number
    assert rules.name_in(typed) == name


SOUNDS = st.text("abdhmnrsu", min_size=1, max_size=9)


@given(SOUNDS, st.lists(SOUNDS, max_size=12))
def test_of_thousands_the_same_words_are_near_as_one_by_one(typed, names):
    asked, *_ = [*folding.words(typed), Word("hasan", "sn")]
    known = [(word.letters, word.bones) for word in folding.words(*names)]

    one_by_one = [Word(*word) for word in known if rules.near(asked, Word(*word))]

    assert rules.all_near(asked, known) == one_by_one
