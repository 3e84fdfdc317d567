from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from whowhom import workers
from whowhom.pipeline import Coder
from whowhom.records import Article, Document, Skipped
from whowhom.workers import CodingOptions, Workers, default_workers


class Stub(Coder):
    """A coder that codes nothing; some words make it slow or kill its process."""

    def run(self, articles: Iterable[Article | Skipped]) -> Iterator[Document | Skipped]:
        for article in articles:
            assert isinstance(article, Article)
            if article.text == "die":
                os._exit(9)
            if article.text == "slow":
                time.sleep(0.5)
            if article.text == "raise":
                raise ValueError("no")
            yield Document(str(os.getpid()), article.source_id, None, None, None, (), None, None, article.text)


@dataclass(frozen=True, slots=True)
class StubOptions(CodingOptions):
    def coder(self) -> Coder:
        return Stub("no parser")


OPTIONS = StubOptions("no parser")


def batches(*texts: str, size: int = 2) -> list[tuple[int, list[Article]]]:
    """Batches of articles, each with its number."""
    articles = [Article(text, f"n{k}") for k, text in enumerate(texts)]
    return [(k, articles[k * size : (k + 1) * size]) for k in range((len(articles) + size - 1) // size)]


def told(result: Document | Skipped) -> str:
    return result.source_id if isinstance(result, Document) else f"{result.source}: {result.reason}"


@pytest.mark.parametrize("number", [1, 2])
def test_results_come_in_the_order_of_the_articles(number: int) -> None:
    with Workers(OPTIONS, number) as pool:
        found = list(pool.run(batches("slow", "b", "c", "d", "slow", "f", "g")))
    assert [load for load, _ in found] == [0, 1, 2, 3]
    assert [told(one) for _, results in found for one in results] == [f"n{k}" for k in range(7)]


def test_one_codes_in_this_process_and_two_elsewhere() -> None:
    with Workers(OPTIONS, 1) as pool:
        assert {one.id for _, results in pool.run(batches("a", "b")) for one in results} == {str(os.getpid())}  # type: ignore[union-attr]
    with Workers(OPTIONS, 2) as pool:
        assert str(os.getpid()) not in {one.id for _, results in pool.run(batches("a", "b")) for one in results}  # type: ignore[union-attr]


def test_an_article_that_kills_its_process_is_the_only_one_lost() -> None:
    with Workers(OPTIONS, 2) as pool:
        found = [
            one for _, results in pool.run(batches("a", "b", "c", "die", "e", "f", "g", "die", "i")) for one in results
        ]
    assert [told(one) for one in found] == [
        "n0", "n1", "n2", "n3: failed", "n4", "n5", "n6", "n7: failed", "n8",
    ]  # fmt: skip
    assert "the other reports are coded" in found[3].detail  # type: ignore[union-attr]


def test_an_error_of_the_coder_itself_ends_the_run() -> None:
    with Workers(OPTIONS, 2) as pool, pytest.raises(ValueError, match="no"):
        list(pool.run(batches("a", "raise")))


def test_batches_without_articles_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", none)
    with Workers(OPTIONS, 2) as pool:
        assert list(pool.run([("one", []), ("two", [])])) == [("one", []), ("two", [])]
        assert list(pool.run([])) == []


@pytest.mark.parametrize("number", [1, 2])
def test_only_a_few_batches_are_read_ahead(number: int) -> None:
    drawn = 0

    def endless() -> Iterator[tuple[int, list[Article]]]:
        nonlocal drawn
        while True:
            drawn += 1
            yield drawn, [Article("a", f"n{drawn}")]

    with Workers(OPTIONS, number) as pool:
        found = pool.run(endless())
        for k in range(1, 6):
            assert next(found)[0] == k
            assert drawn <= k + number * 3
        found.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_process_that_wakes_up_survives_ctrl_c() -> None:
    with Workers(OPTIONS, 2) as pool:
        found = pool.run(batches("a", "b", "c", "d"))
        send = pool._send

        def interrupted(task: workers._Task[int]) -> None:
            send(task)
            assert pool._pool is not None
            for number in pool._pool._processes:
                os.kill(number, signal.SIGINT)

        pool._send = interrupted  # type: ignore[method-assign, assignment]
        assert [told(one) for _, results in found for one in results] == ["n0", "n1", "n2", "n3"]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Python's own answer to an interrupt, also where the tests run in the background and inherit none."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_waits_until_a_process_is_started() -> None:
    reached = []

    def interrupted() -> None:
        with workers._interrupt_held():
            signal.raise_signal(signal.SIGINT)  # to this thread: another would take it when it gets round to it
            reached.append(True)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert reached
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
def test_who_stops_in_the_midst_leaves_no_process() -> None:
    with Workers(OPTIONS, 2) as pool:
        found = pool.run(batches("a", "b", "slow", "slow", "slow", "slow", "slow"))
        numbers = {int(one.id) for one in next(found)[1]}  # type: ignore[union-attr]
        assert all(Path(f"/proc/{one}").exists() for one in numbers)
    end = time.monotonic() + 10
    while any(_runs(one) for one in numbers):
        assert time.monotonic() < end
        time.sleep(0.05)


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_as_many_processes_as_processors_and_memory_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    pages = {"SC_PAGE_SIZE": 4096, "SC_AVPHYS_PAGES": 100 * 10**9 // 4096}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)
    assert default_workers() == 8
    pages["SC_AVPHYS_PAGES"] = 3 * 10**9 // 4096 + 1
    assert default_workers() == 3
    pages["SC_AVPHYS_PAGES"] = 1
    assert default_workers() == 1
    assert Workers(OPTIONS).number == 1
