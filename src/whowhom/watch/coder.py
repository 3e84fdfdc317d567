"""What reports are coded with in a run that may last for months."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from whowhom.ingest import provenance, with_actors
from whowhom.pipeline import Coder
from whowhom.store.writer import Writer
from whowhom.workers import CodingOptions

_RENEWED = 5_000
"""Reports after which the models are loaded anew: the parser keeps every word that it ever met."""


@dataclass(frozen=True, slots=True)
class _Loaded(CodingOptions):
    """Options with a coder that is there already, so that its models are loaded once a run."""

    loaded: Coder | None = None

    def coder(self) -> Coder:
        """The coder of these options."""
        assert self.loaded is not None
        return self.loaded


class KeptCoder:
    """One coder for many calls of `add_articles`; made anew when the user enters own actors, and from time to time.

    `options` are to be handed on with the `writer`; `coded` is for the caller to count up.
    """

    def __init__(self, db: sqlite3.Connection, given: CodingOptions) -> None:
        self._db = db
        self._given = given
        self._version = -1
        self._writer: Writer | None = None
        self.options = given
        self.coded = 0

    def writer(self) -> Writer:
        """A writer that notes what `options` are now."""
        version = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        if self._writer is None or version != self._version or self.coded >= _RENEWED:
            self._version = version
            options = with_actors(self._db, self._given)
            if self._writer is None or options.actors != self.options.actors or self.coded >= _RENEWED:
                self.coded = 0
                self.options = _Loaded(options.parser, options.use_model, options.actors, options.coder())
                self._writer = Writer(self._db, provenance(options))
        return self._writer
