"""The page as it was built, the list of calls, and what is there where nothing is yet."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

import pytest
from calling import DESK, Open, assert_error
from handmade import PROVENANCE, report, written
from small_world import WORLD

from whowhom.serve.stores import Stores
from whowhom.serve.stream import LISTENERS, Watcher
from whowhom.store.writer import Writer


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A page as Vite builds it."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>the desk</title>")
    (folder / "assets" / "index-a1b2.js").write_text("export {}")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def test_the_page_is_at_every_address_that_is_no_call(opened: Open, world_store: Path, built: Path) -> None:
    desk = opened(world_store, static=built)
    for path in ("/", "/events?type=AID", "/e12", "/a/b/c", "/index.html", "/apiary", "/dyad"):
        answer = desk.get(path)
        assert "the desk" in answer.text
        assert answer.headers["cache-control"] == "no-cache"
    assert desk.get("/", headers={"If-None-Match": desk.get("/").headers["etag"]}).status_code in (200, 304)


def test_files_with_a_hash_are_kept_for_ever(opened: Open, world_store: Path, built: Path) -> None:
    desk = opened(world_store, static=built)
    answer = desk.get("/assets/index-a1b2.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert desk.get("/icon.svg").headers["cache-control"] == "no-cache"
    assert desk.get("/assets/gone-c3d4.js").status_code == 404
    assert desk.get("/favicon.ico").status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "//secret.txt",
             "/assets/%2e%2e%2f%2e%2e%2fsecret.txt", "/%00", "/" + "a" * 5000, "/link.txt"],
)  # fmt: skip
def test_no_file_beside_the_page_is_given(opened: Open, world_store: Path, built: Path, path: str) -> None:
    os.symlink(built.parent / "secret.txt", built / "link.txt")
    answer = opened(world_store, static=built).get(path)
    assert answer.status_code < 500
    assert "secret" not in answer.text


def test_a_page_that_was_not_built_says_how(opened: Open, world_store: Path, tmp_path: Path) -> None:
    answer = opened(world_store, static=tmp_path / "none").get("/events")
    assert answer.status_code == 503
    for words in ("make desk", "npm ci", "/docs"):
        assert words in answer.text


def test_the_list_of_calls_has_them_all_and_no_script(opened: Open, world_store: Path) -> None:
    desk = opened(world_store)
    page = desk.get("/docs").text
    for path in desk.get("/openapi.json").json()["paths"]:
        assert path in page
    assert "<script" not in page
    assert "style=" not in page
    assert not re.search(r"(?:src|href)=.?https?:", page)
    assert "X-Whowhom" in page


def test_before_there_is_a_store_its_lists_say_how_to_make_one(opened: Open, tmp_path: Path) -> None:
    desk = opened(tmp_path / "news.db")
    status = desk.get("/api/status").json()
    assert (status["store"], status["path"], status["documents"]) == (False, "news.db", 0)
    for name in ("events", "top", "map", "records/e1", "corrections", "events?format=csv", "suggest?text=a"):
        assert_error(desk.get(f"/api/{name}"), 404, "no-store", "whowhom ingest")
    written(tmp_path / "news.db", WORLD).close()
    assert desk.get("/api/status").json()["documents"] == len(WORLD)
    assert desk.get("/api/events").json()["total"] > 0


def test_a_store_that_is_replaced_is_read_anew(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    written(path, WORLD).close()
    desk = opened(path)
    before = desk.get("/api/status")
    written(tmp_path / "other.db", WORLD[:2]).close()
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    (tmp_path / "other.db").rename(path)
    after = desk.get("/api/status", headers={"If-None-Match": before.headers["etag"]})
    assert after.json()["documents"] == 2
    path.unlink()
    assert desk.get("/api/status").json()["store"] is False


def test_status_knows_when_reports_come_in(opened: Open, own_store: tuple[Path, object]) -> None:
    desk = opened(own_store[0])
    assert desk.get("/api/status").json()["ingesting"] is True  # the last came in just now
    own_store[1].execute("UPDATE document SET coded_at = '2024-01-01T00:00:00Z'")  # type: ignore[attr-defined]
    body = desk.get("/api/status").json()
    assert body["ingesting"] is False
    assert (body["first"], body["last"], body["published_last"]) == ("2023-05-01", "2024-01-15", "2024-01-15")


def test_listeners_are_told_when_the_store_grows(tmp_path: Path) -> None:
    path = tmp_path / "news.db"

    async def listen() -> list[str]:
        stores = Stores(path)
        watcher = Watcher(stores, every=0.05)
        stream = watcher.told()
        told = [await anext(stream)]
        db = written(path, WORLD[:2])
        told.append(await asyncio.wait_for(anext(stream), 5))
        writer = Writer(db, PROVENANCE)
        with writer.batch():
            writer.put(report("new", "More words that stand in no other report of this test at all.", []))
        told.append(await asyncio.wait_for(anext(stream), 5))
        assert watcher.listeners == 1
        watcher.closing = True
        async for _ in stream:
            pass
        assert watcher.listeners == 0
        stores.close()
        db.close()
        return told

    first, second, third = asyncio.run(listen())
    assert first.startswith("retry:")
    assert second.startswith("event: changed\ndata: {")
    assert '"documents": 2, "events": 3' in second
    assert '"documents": 3, "events": 3' in third


def test_only_so_many_may_listen(opened: Open, world_store: Path) -> None:
    desk = opened(world_store)
    desk.app.state.watcher.listeners = LISTENERS  # type: ignore[attr-defined]
    assert_error(desk.get("/api/stream", headers=DESK), 429, "too-many")
