"""What is asked of papers of an application: commands, each made by one schema."""

from dataclasses import dataclass

from resettle.evidence.rules import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvidence:
    """A paper, with the word that nothing about anybody's police vetting stands in it."""

    kind: Kind
    nothing_of_police: bool = False
