"""Signals end waits, and only between two steps."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from whowhom.watch.stopping import Stop, Stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_sleep(number: int) -> None:
    stop = Stop()
    with stop.listening():
        threading.Timer(0.2, os.kill, (os.getpid(), number)).start()
        begun = time.monotonic()
        with pytest.raises(Stopped):
            stop.sleep(30)
    assert time.monotonic() - begun < 5
    assert stop.signal == number


def test_a_signal_ends_a_wait_for_work() -> None:
    stop = Stop()
    with stop.listening():
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        begun = time.monotonic()
        with pytest.raises(Stopped):
            stop.wait_for(lambda: time.sleep(8))
    assert time.monotonic() - begun < 5


def test_a_second_interrupt_breaks_off() -> None:
    stop = Stop()
    with stop.listening():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_handlers_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Stop().listening():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_work_gives_its_answer_or_its_error() -> None:
    stop = Stop()
    assert stop.wait_for(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        stop.wait_for(lambda: 1 // 0)
    stop.sleep(0.01)


def test_nothing_begins_after_a_stop() -> None:
    stop = Stop()
    stop.end()
    done: list[int] = []
    with pytest.raises(Stopped):
        stop.wait_for(lambda: done.append(1))
    with pytest.raises(Stopped):
        stop.sleep(0)
    assert not done
