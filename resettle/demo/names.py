"""Invented names, each community's in its own script with a transliteration beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

Written = tuple[str, str]
"""A name as it is transliterated, and in its own script."""


@dataclass(frozen=True, slots=True)
class Community:
    """People who share a language. Without family names each person has one name only."""

    language: str
    country: str
    asylum: str
    families: tuple[Written, ...]
    women: tuple[Written, ...]
    men: tuple[Written, ...]
    ethnicity: str = ""


COMMUNITIES: Mapping[str, Community] = {
    "syria": Community(
        "apc",
        "SYR",
        "LBN",
        (("Al-Halabi", "الحلبي"), ("Darwish", "درويش"), ("Najjar", "نجار"), ("Khatib", "خطيب")),
        (
            ("Layla", "ليلى"),
            ("Maryam", "مريم"),
            ("Rana", "رنا"),
            ("Huda", "هدى"),
            ("Salma", "سلمى"),
            ("Nour", "نور"),
        ),
        (
            ("Ahmad", "أحمد"),
            ("Yousef", "يوسف"),
            ("Omar", "عمر"),
            ("Khaled", "خالد"),
            ("Hassan", "حسن"),
            ("Sami", "سامي"),
        ),
    ),
    "afghanistan": Community(
        "prs",
        "AFG",
        "PAK",
        (("Ahmadi", "احمدی"), ("Rahimi", "رحیمی"), ("Noori", "نوری"), ("Karimi", "کریمی")),
        (
            ("Zahra", "زهرا"),
            ("Shirin", "شیرین"),
            ("Parwin", "پروین"),
            ("Fatima", "فاطمه"),
            ("Laila", "لیلا"),
            ("Nargis", "نرگس"),
        ),
        (
            ("Farid", "فرید"),
            ("Hamid", "حمید"),
            ("Najib", "نجیب"),
            ("Jawad", "جواد"),
            ("Karim", "کریم"),
            ("Zalmai", "زلمی"),
        ),
    ),
    "myanmar": Community(
        "mya",
        "MMR",
        "MYS",
        (),
        (
            ("Thiri", "သီရိ"),
            ("Khin Mya", "ခင်မြ"),
            ("Hnin Wai", "နှင်းဝေ"),
            ("Su Su", "စုစု"),
            ("Ei Phyu", "အိဖြူ"),
            ("Nwe Nwe", "နွယ်နွယ်"),
        ),
        (
            ("Aung Min", "အောင်မင်း"),
            ("Kyaw Zin", "ကျော်ဇင်"),
            ("Min Thu", "မင်းသူ"),
            ("Zaw", "ဇော်"),
            ("Htun Lin", "ထွန်းလင်း"),
            ("Soe Naing", "စိုးနိုင်"),
        ),
    ),
    "karen": Community(
        "ksw",
        "MMR",
        "THA",
        (),
        (
            ("Naw Paw", "နီၢ်ဖီ"),
            ("Naw Mu", "နီၢ်မူ"),
            ("Naw Eh", "နီၢ်အဲ"),
            ("Naw Htoo", "နီၢ်ထူး"),
            ("Naw Ler", "နီၢ်လၢၣ်"),
            ("Naw Eh Doh", "နီၢ်အဲဒိၣ်"),
        ),
        (
            ("Saw Htoo", "စီၤထူး"),
            ("Saw Ler", "စီၤလၢၣ်"),
            ("Saw Eh Doh", "စီၤအဲဒိၣ်"),
            ("Saw Eh", "စီၤအဲ"),
            ("Saw Doh", "စီၤဒိၣ်"),
            ("Saw Eh Htoo", "စီၤအဲထူး"),
        ),
    ),
    "colombia": Community(
        "spa",
        "COL",
        "ECU",
        (("Ramírez", "Ramírez"), ("Gómez", "Gómez"), ("Restrepo", "Restrepo"), ("Núñez", "Núñez")),
        (
            ("Valentina", "Valentina"),
            ("Marisol", "Marisol"),
            ("Lucía", "Lucía"),
            ("Camila", "Camila"),
            ("Daniela", "Daniela"),
            ("Paola", "Paola"),
        ),
        (
            ("Andrés", "Andrés"),
            ("Camilo", "Camilo"),
            ("Íñigo", "Íñigo"),
            ("Mateo", "Mateo"),
            ("Julián", "Julián"),
            ("Sebastián", "Sebastián"),
        ),
    ),
    "eritrea": Community(
        "tir",
        "ERI",
        "ETH",
        (("Tesfay", "ተስፋይ"), ("Haile", "ሃይለ"), ("Gebre", "ገብረ"), ("Berhe", "በርሀ")),
        (
            ("Selam", "ሰላም"),
            ("Asmeret", "ኣስመረት"),
            ("Rahel", "ራሄል"),
            ("Mebrat", "መብራት"),
            ("Senait", "ሰናይት"),
            ("Lidya", "ሊድያ"),
        ),
        (
            ("Yonas", "ዮናስ"),
            ("Samuel", "ሳሙኤል"),
            ("Filmon", "ፊልሞን"),
            ("Biniam", "ብንያም"),
            ("Dawit", "ዳዊት"),
            ("Abel", "ኣቤል"),
        ),
    ),
    "ukraine": Community(
        "ukr",
        "UKR",
        "POL",
        (("Kovalenko", "Коваленко"), ("Shevchuk", "Шевчук"), ("Bondar", "Бондар")),
        (
            ("Oksana", "Оксана"),
            ("Iryna", "Ірина"),
            ("Nadiia", "Надія"),
            ("Kateryna", "Катерина"),
            ("Olha", "Ольга"),
            ("Solomiia", "Соломія"),
        ),
        (
            ("Oleksandr", "Олександр"),
            ("Taras", "Тарас"),
            ("Mykola", "Микола"),
            ("Bohdan", "Богдан"),
            ("Andrii", "Андрій"),
            ("Ivan", "Іван"),
        ),
    ),
    "somalia": Community(
        "som",
        "SOM",
        "KEN",
        (("Warsame", "Warsame"), ("Abdi", "Abdi"), ("Farah", "Farah")),
        (
            ("Hodan", "Hodan"),
            ("Amina", "Amina"),
            ("Sahra", "Sahra"),
            ("Faduma", "Faduma"),
            ("Ifrah", "Ifrah"),
            ("Nasra", "Nasra"),
        ),
        (
            ("Mohamed", "Mohamed"),
            ("Abshir", "Abshir"),
            ("Liban", "Liban"),
            ("Ismail", "Ismail"),
            ("Bile", "Bile"),
            ("Guled", "Guled"),
        ),
    ),
}
