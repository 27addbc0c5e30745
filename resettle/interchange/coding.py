"""UNHCR's codes in ours, each with the code that it came from and the system of that code."""

from collections.abc import Mapping

from resettle.errf import codes
from resettle.errf.records import Version
from resettle.households.models import Sex, Skill
from resettle.households.rules import Coded

NOT_STATED = frozenset({"", codes.PLACEHOLDER})
SKILLS: Mapping[str, Skill] = {"E": Skill.EASILY, "N": Skill.NOT_EASILY, "NO": Skill.NONE}
SEXES: Mapping[str, Sex] = {sex.value: sex for sex in Sex}
# FP is a focal point in form 2.8, and a foster parent in every other.
FOCAL_POINT = "FP"
UNDEFINED = "U"
# LAS is what later forms call LFDS.
RENAMED_CATEGORIES: Mapping[str, str] = {"LAS": "LFDS"}
UNDETERMINED = "und"


def country(code: str, version: Version) -> Coded | None:
    """Convert a country; a place without ISO code has its source code only, never a guess."""
    if code in NOT_STATED:
        return None
    return Coded(codes.country(code).iso3 or "", code, codes.system(version))


def is_stateless(code: str) -> bool:
    return codes.country(code).stateless


def language(code: str) -> str:
    """Convert a language; one without ISO code is named in the private use of BCP 47."""
    return codes.language(code).iso639_3 or f"x-unhcr-{code.lower()}"


def skill(code: str) -> Skill:
    return SKILLS.get(code, Skill.UNKNOWN)


def sex(code: str) -> Sex:
    return SEXES.get(code, Sex.U)


def relationship(code: str, version: Version) -> Coded:
    official = codes.official("RelationshipCode", code, version)
    value = UNDEFINED if version is Version.V2_8 and official == FOCAL_POINT else official
    return Coded(value, code, codes.system(version))


def listed(table: str, code: str, version: Version) -> Coded | None:
    """Take a code over that we keep as UNHCR spells it."""
    if code in NOT_STATED:
        return None
    return Coded(codes.official(table, code, version), code, codes.system(version))


def category(code: str) -> str | None:
    return None if code in NOT_STATED else RENAMED_CATEGORIES.get(code, code)


def stated(text: str) -> str | None:
    """Give a text, or nothing where the form holds its place with a dash."""
    return None if text in NOT_STATED else text
