"""A data set that has the published marginals (domain.md 7.4): records made from them, invented."""

import csv
from collections.abc import Mapping
from io import StringIO

Cells = Mapping[tuple[str, str], int]
ALL = "All"


def _of(**counts: int) -> dict[tuple[str, str], int]:
    return {(name.replace("_", " "), ALL): count for name, count in counts.items()}


# The columns by which each table is counted, and the source of its records.
SOURCES = {
    "T1": ("pilot-2018", "location", ""),
    "T2": ("interviews", "group", ""),
    "T3": ("extended-pilot", "measure", "as_at"),
    "T4": ("quota-year", "region", ""),
    "T5": ("admissions", "", ""),
    "T6-last-year": ("quota-last-year", "nationality", ""),
    "T9-answers": ("crisp-answers", "question", "answer"),
    "T6": ("quota-ten-years", "", ""),
    "T7": ("oia", "measure", "nationality"),
    "T8": ("three-years-on", "", ""),
    "T9": ("crisp", "as_at", ""),
    "T10": ("quota-2022-23", "nationality", ""),
    "T11": ("other-routes", "route", ""),
    "T12": ("providers", "provider", ""),
}
T7 = {
    "claims received": (143, 67, 40),
    "claims approved": (73, 61, 6),
    "quota arrivals": (1239, 1556, 0),
    "RFSC arrivals": (892, 14, 0),
    # The last one was withheld as fewer than five.
    "visas approved": (56, 59, 4),
    "visas declined": (0, 0, 0),
}
NATIONALITIES = ("Afghan", "Syrian", "Ukrainian")
CELLS: Mapping[str, Cells] = {
    "T1": _of(Christchurch=3, Timaru=1, Nelson=1, Hamilton=1),
    "T2": _of(refugees=11, sponsors=16, other_organisations=4, MBIE=12, UNHCR=3),
    "T3": {
        ("sponsors", "2023-02-09"): 28,
        ("towns", "2023-02-09"): 13,
        ("places allocated", "2023-02-09"): 150,
        ("approved", "2024-02-27"): 44,
        ("arrived", "2024-02-27"): 34,
    },
    "T4": _of(Africa=28, Asia_Pacific=519, Middle_East=44, Americas=179, Syrian_crisis=250),
    "T6-last-year": _of(Syria=222, Myanmar=143, Colombia=133, Afghanistan=108, other=239),
    # Of fifty answers each, since how many were asked is not published.
    "T9-answers": {
        (question, answer): count
        for question, yes in {"easy to get help": 44, "culture valued": 49, "purpose": 46}.items()
        for answer, count in (("yes", yes), ("no", 50 - yes))
    },
    "T7": {
        (measure, nationality): count
        for measure, counts in T7.items()
        for nationality, count in zip(NATIONALITIES, counts, strict=True)
    },
    "T11": _of(Convention=200, RFSC=225),
}
# Tables whose records are counted in more than one way: each margin by its own column.
MARGINS: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "T6": {
        "subcategory": {
            "emergency": 13,
            "medical": 223,
            "women at risk": 1183,
            "protection": 5826,
            "family reunion": 795,
        },
        "age": {"0-4": 982, "5-12": 1356, "13-17": 1016, "18-60": 4548, "60+": 138},
        "sex": {"female": 4070, "male": 3970},
        # Published in percent alone: any numbers that give those.
        "region": {
            "Auckland": 2440,
            "Waikato": 900,
            "Hawke’s Bay": 3,
            "Manawatu": 1060,
            "Wellington": 2110,
            "Nelson": 810,
            "Canterbury": 485,
            "Otago": 232,
        },
    },
    "T5": {
        "route": {
            "quota": 750,
            "RFSC": 334,
            "Convention branch": 69,
            "Convention tribunal": 53,
            "interpreters": 31,
        },
        "region": {
            "Asia-Pacific": 465,
            "Middle East": 120,
            "Americas": 142,
            "Africa": 23,
            "": 487,
        },
        "tier": {"": 750, "tier one": 84, "tier two": 250, " ": 153},
    },
    "T10": {
        "nationality": {
            "Afghanistan": 173,
            "Myanmar": 151,
            "DR Congo": 132,
            "Somalia": 100,
            "Eritrea": 85,
            "other": 104,
        },
        "region": {"Africa and Middle East": 447, "elsewhere": 298},
        "location": {"Levin": 36, "elsewhere": 709},
    },
    "T8": {
        "sex": {"men": 15, "women": 13},
        "nationality": {"Bhutan": 8, "Syria": 5, "Colombia": 4, "other": 11},
        "age": {"18-24": 6, "25-44": 17, "45+": 5},
    },
}
# People in so many households: the first number of households, then of people.
HOMES: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "T9": {"2023-06": (46, 191), "after the first year": (64, 250)},
    "T12": {"Red Cross": (0, 761), "Timaru provider": (13, 79)},
}
# What is published in percent (T5, T6, T9, T10).
PERCENT: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "T5-regions": {
        "Asia-Pacific": {ALL: "62"},
        "Middle East": {ALL: "16"},
        "Americas": {ALL: "19"},
        "Africa": {ALL: "3"},
    },
    "T6-regions": {
        "Auckland": {ALL: "30"},
        "Waikato": {ALL: "11"},
        "Hawke’s Bay": {ALL: "0.04"},
        "Manawatu": {ALL: "13"},
        "Wellington": {ALL: "26"},
        "Nelson": {ALL: "10"},
        "Canterbury": {ALL: "6"},
        "Otago": {ALL: "3"},
    },
    "T9-answers": {
        "easy to get help": {"yes": "88", "no": "12"},
        "culture valued": {"yes": "98", "no": "2"},
        "purpose": {"yes": "92", "no": "8"},
    },
    "T10-regions": {"Africa and Middle East": {ALL: "60"}, "elsewhere": {ALL: "40"}},
}
# Which of the margins is which table, where it is not named after its column.
NAMED = {
    "T5-route": "T5",
    "T10-nationality": "T10",
    "T5-region": "T5-regions",
    "T6-region": "T6-regions",
    "T10-region": "T10-regions",
}
PUBLISHED: Mapping[str, Cells] = {
    **CELLS,
    **{
        NAMED.get(f"{code}-{column}", f"{code}-{column}"): {
            (name, ALL): count for name, count in counts.items() if name.strip()
        }
        for code, margins in MARGINS.items()
        for column, counts in margins.items()
    },
    "T1-people": {("CORS-2018", ALL): 24},
    "T9": {(name, ALL): homes for name, (homes, _) in HOMES["T9"].items()},
    "T9-people": {(name, ALL): people for name, (_, people) in HOMES["T9"].items()},
    "T12": {(name, ALL): people for name, (_, people) in HOMES["T12"].items()},
}
FIELDS = (
    *("source", "record", "household", "person", "programme", "location", "group", "measure"),
    *(
        "tier",
        "question",
        "answer",
        "as_at",
        "region",
        "route",
        "subcategory",
        "age",
        "sex",
        "nationality",
        "provider",
    ),
)
# How many live in each household of the pilot, by place: 24 people in six.
PILOT = {"Christchurch": (5, 5, 4), "Timaru": (3,), "Nelson": (2,), "Hamilton": (5,)}


def a_data_set(only: Mapping[str, Cells] | None = None) -> str:
    """Write the records of every table, or of some cells, as comma-separated values."""
    written = StringIO()
    writer = csv.DictWriter(written, FIELDS, restval="")
    writer.writeheader()
    for code, cells in (only or {k: v for k, v in CELLS.items() if k != "T1"}).items():
        writer.writerows(_cells(code, cells))
    if only is None:
        writer.writerows(_pilot())
        for code in MARGINS:
            writer.writerows(_margins(code))
        for code in HOMES:
            writer.writerows(_homes(code))
    return written.getvalue()


def _cells(code: str, cells: Cells) -> list[dict[str, str]]:
    source, rows, columns = SOURCES[code]
    found = []
    for (row, column), count in cells.items():
        record = {"source": source, rows: row, **({columns: column} if columns else {})}
        found += [record] * count or [{**record, "record": "zero"}]
    return found


def _pilot() -> list[dict[str, str]]:
    return [
        {
            "source": "pilot-2018",
            "programme": "CORS-2018",
            "location": place,
            "household": f"{place}-{home}",
            "person": f"{place}-{home}-{number}",
        }
        for place, sizes in PILOT.items()
        for home, size in enumerate(sizes)
        for number in range(size)
    ]


def _margins(code: str) -> list[dict[str, str]]:
    """Deal each margin out over the same records, in whichever order."""
    columns = {
        name: [value for value, count in counts.items() for _ in range(count)]
        for name, counts in MARGINS[code].items()
    }
    lines = zip(*columns.values(), strict=True)
    return [{"source": SOURCES[code][0], **dict(zip(columns, line, strict=True))} for line in lines]


def _homes(code: str) -> list[dict[str, str]]:
    source, column, _ = SOURCES[code]
    return [
        {
            "source": source,
            column: name,
            "household": f"{name}-{number % homes}" if homes else "",
            "person": f"{name}-{number}",
        }
        for name, (homes, people) in HOMES[code].items()
        for number in range(people)
    ]
