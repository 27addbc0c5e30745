"""UNHCR's electronic resettlement registration form: read, judged and told, without a database."""

from resettle.errf.checking import Checked, check, read
from resettle.errf.findings import Finding
from resettle.errf.records import Submission, Unreadable, Version

__all__ = ["Checked", "Finding", "Submission", "Unreadable", "Version", "check", "read"]
