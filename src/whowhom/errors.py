"""Every error that whowhom raises on purpose. Each message says what was wrong, where, and what to try."""

from __future__ import annotations


class WhowhomError(Exception):
    """Base of all errors that a user of whowhom can meet."""


class InputError(WhowhomError):
    """An input cannot be read at all: no such file, unreachable address, a folder with nothing readable."""


class DateError(WhowhomError):
    """A date was given that is none."""


class SettingError(WhowhomError):
    """A setting has a value that is not allowed."""


class ResourceError(WhowhomError):
    """A knowledge file is malformed; the message names the file and line."""


class ModelError(WhowhomError):
    """The language model is missing or of another kind than needed."""


class StoreError(WhowhomError):
    """A store cannot be opened, read or written: no such file, another program's database, a newer version."""


class QueryError(WhowhomError):
    """A question to the store cannot be answered as it was put: an unknown type, a filter that contradicts another."""


class ExchangeError(WhowhomError):
    """A file of another project cannot be read, or records cannot be written in its form."""


class MissingExtraError(WhowhomError):
    """A feature needs a package that is not installed; the message names the command that installs it."""
