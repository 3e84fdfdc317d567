"""`whowhom upgrade`: a store of an older version brought up to this one."""

from __future__ import annotations

import typer

from whowhom.cli.ask.options import STORE, store_path


def upgrade(store: STORE = None) -> None:
    """Bring a store up to the version of this whowhom; one that is so already stays as it is.

    It takes some 25 seconds for a million events. Whatever writes to a store (ingest, watch, recode) and `serve` do
    it by themselves.

    Example: whowhom upgrade --store news.db
    """
    from whowhom.store.database import connect, settle, version_of

    path = store_path(store)
    before = version_of(path)
    db = connect(path, write=True)
    after = int(db.execute("PRAGMA user_version").fetchone()[0])
    if after == before:
        typer.echo(f"{path} is of version {after}, the newest")
    else:
        settle(db)
        typer.echo(f"{path} is of version {after} now (was {before})")
    db.close()
