"""Why a file is not kept."""


class Refused(ValueError):
    """The file cannot be kept; the message says why, and what to do instead."""
