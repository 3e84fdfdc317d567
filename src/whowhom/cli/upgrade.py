"""`whowhom upgrade`: a store of an older version brought up to this one."""

from __future__ import annotations

import typer

from whowhom.cli.ask.options import STORE, store_path


def upgrade(store: STORE = None) -> None:
    """Bring a store up to the version of this program. Whatever writes to a store does so by itself.

    Example: whowhom upgrade --store news.db
    """
    from whowhom.store.database import connect

    path = store_path(store)
    db = connect(path, write=True)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    typer.echo(f"{path} is of version {version}")
