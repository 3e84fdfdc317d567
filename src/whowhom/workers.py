"""Reports coded in several processes, results in the order of the reports."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from whowhom.own_actors import OwnActor
from whowhom.pipeline import Coder
from whowhom.records import Article, Document, Skipped

T = TypeVar("T")
_AHEAD = 3
"""Batches in the hands of each process or waiting for it."""
_WORKER_BYTES = 1_000_000_000
"""Memory that one process needs at most on reports of usual length."""


@dataclass(frozen=True, slots=True)
class CodingOptions:
    """What every process codes with."""

    parser: str
    use_model: bool = True
    actors: tuple[OwnActor, ...] = ()  # the user's own

    def coder(self) -> Coder:
        """A coder of these options; it loads its models at its first report."""
        return Coder(self.parser, use_model=self.use_model, actors=self.actors)


def default_workers() -> int:
    """As many processes as there are processors for this one, but no more than the memory holds."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return processors
    return max(1, min(processors, free // _WORKER_BYTES))


@dataclass(slots=True)
class _Task(Generic[T]):
    """A batch under way. `load` is the caller's, and comes back with the results."""

    load: T
    articles: list[Article]
    future: Future[list[Document | Skipped]] | None = None


class Workers:
    """Processes that code; this one where there is to be only one. To be used in a `with` statement."""

    def __init__(self, coding: CodingOptions, number: int | None = None) -> None:
        self.coding = coding
        self.number = number or default_workers()
        self._pool: ProcessPoolExecutor | None = None
        self._coder: Coder | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            processes = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()

    def run(self, batches: Iterable[tuple[T, list[Article]]]) -> Iterator[tuple[T, list[Document | Skipped]]]:
        """Code batches, each with what comes back beside its results: one for each article, in order.

        A few batches are read ahead of the one whose results are yielded. An article that fails, also by killing the
        process that codes it, becomes a `Skipped`.
        """
        waiting: deque[_Task[T]] = deque()
        ahead = self.number * _AHEAD if self.number > 1 else 0
        for load, articles in batches:
            task = _Task(load, articles)
            self._send(task)
            waiting.append(task)
            while len(waiting) > ahead:
                results = self._results(waiting)
                yield waiting.popleft().load, results
        while waiting:
            results = self._results(waiting)
            yield waiting.popleft().load, results

    def _send(self, task: _Task[T]) -> None:
        if task.articles and self.number > 1:
            task.future = self._submit(task.articles)

    def _results(self, waiting: deque[_Task[T]]) -> list[Document | Skipped]:
        """What came of the first task that waits.

        A process that dies (killed for memory, say) takes all others of its pool with it: then the tasks that wait
        are given to a new pool, the first one article by article, so that only the one that kills it is lost.
        """
        task = waiting[0]
        if not task.articles:
            return []
        if self.number == 1:
            self._coder = self._coder or self.coding.coder()
            return list(self._coder.run(task.articles))
        assert task.future is not None
        try:
            return task.future.result()
        except BrokenProcessPool:
            self._pool = None
            alone = [self._alone(article) for article in task.articles]
            for other in list(waiting)[1:]:
                self._send(other)
            return alone

    def _alone(self, article: Article) -> Document | Skipped:
        try:
            return self._submit([article]).result()[0]
        except BrokenProcessPool:
            self._pool = None
            return Skipped(
                article.source_id,
                "failed",
                "the process that coded it died, perhaps for want of memory; the other reports are coded: try it alone"
                " with `whowhom code`",
            )

    def _submit(self, articles: list[Article]) -> Future[list[Document | Skipped]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.number, get_context("spawn"), initializer=_begin, initargs=(self.coding,)
            )
        with _interrupt_held():  # each of the first calls starts a process
            return self._pool.submit(_code, articles)


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Let Ctrl-C wait until the end of the block, so that no process is left half started.

    Processes started in the block have it blocked, and do not die of it while they wake up.
    """
    came: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    ours = handler is not None and threading.current_thread() is threading.main_thread()
    if ours:
        signal.signal(signal.SIGINT, lambda number, _: came.append(number))  # a thread without the mask may get it
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # its own start would lift the mask
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if ours:
            signal.signal(signal.SIGINT, handler)
            if came:
                signal.raise_signal(signal.SIGINT)


_worker_coder: Coder | None = None


def _begin(coding: CodingOptions) -> None:
    """Make a process ready to code: it leaves Ctrl-C to its parent and ends when that has ended."""
    global _worker_coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker_coder = coding.coder()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _code(articles: list[Article]) -> list[Document | Skipped]:
    assert _worker_coder is not None
    return list(_worker_coder.run(articles))
