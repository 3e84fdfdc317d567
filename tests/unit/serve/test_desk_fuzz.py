"""Whatever is asked, nothing falls: calls made from the app's own description of itself, right ones and wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from handmade import written
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from small_world import WORLD

from whowhom.serve.app import make_app
from whowhom.serve.pasting import Pasting
from whowhom.serve.security import Rules
from whowhom.serve.stores import Stores
from whowhom.serve.stream import Watcher

_EXAMPLES = 25
"""Calls of each kind: some twenty kinds take half a minute."""
APP = make_app("none.db", rules=Rules(hosts=None))  # the caller goes by a name of its own
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)


@pytest.fixture(scope="module", autouse=True)
def _store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the app have a store, which may be written to, and nothing that takes its time."""
    path = tmp_path_factory.mktemp("fuzz") / "world.db"
    written(path, WORLD).close()
    APP.state.stores = Stores(path)
    APP.state.watcher = Watcher(APP.state.stores)
    APP.state.watcher.closing = True  # its stream ends at once
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pasting, "_coded", lambda *_: {})  # what the coder makes of any text is tested elsewhere
        yield
    APP.state.stores.close()


@schema.parametrize()
@settings(
    max_examples=_EXAMPLES, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_nothing_falls_whatever_is_asked(case: Any) -> None:
    answer = case.call()
    case.validate_response(answer, checks=[not_a_server_error])
    if answer.status_code >= 400:
        assert set(answer.json()) == {"error"}, (answer.status_code, answer.text)
