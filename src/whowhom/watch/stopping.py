"""Signals that end a run between two steps, and whatever it waits for at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Generic, TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """The run is to end."""


class _Answer(Generic[T]):
    """What a thread found, or the exception that it ended with."""

    value: T
    error: BaseException | None = None


class Stop:
    """Whether a run is to end. `signal` is the number of the signal that said so, 0 before."""

    def __init__(self) -> None:
        self.signal = 0
        # Its `put` may be called by a signal handler while the same thread waits in `get`; locks and events may not.
        self._news: SimpleQueue[object] = SimpleQueue()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear SIGTERM and SIGINT for as long as this lasts. A second SIGINT raises `KeyboardInterrupt`."""
        before = {number: signal.signal(number, self._hear) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def end(self, number: int = signal.SIGTERM) -> None:
        """End the run as a signal would; may be called from any thread."""
        self.signal = self.signal or int(number)
        self._news.put(None)

    def _hear(self, number: int, _: FrameType | None) -> None:
        if self.signal and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.end(number)

    def check(self) -> None:
        """Raise `Stopped` where the run is to end."""
        if self.signal:
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Wait. Raises `Stopped` as soon as the run is to end."""
        self.check()
        try:
            self._news.get(timeout=max(0.0, seconds))
        except Empty:
            return
        self.check()

    def wait_for(self, work: Callable[[], T]) -> T:
        """What `work` answers. Raises `Stopped` as soon as the run is to end, and leaves the work to itself then.

        It runs in a thread, for a look-up of a name or a server that drips cannot be interrupted.
        """
        self.check()
        answer = _Answer[T]()

        def run() -> None:
            try:
                answer.value = work()
            except BaseException as error:
                answer.error = error
            self._news.put(answer)

        threading.Thread(target=run, daemon=True).start()
        while self._news.get() is not answer:
            self.check()
        self.check()
        if answer.error is not None:
            raise answer.error
        return answer.value
