"""Matrix products of the parse: by NumPy's library instead of spaCy's own, and on one thread.

spaCy multiplies with BLIS as its wheels are built, which knows no vectors of 512 bits: on processors that have them
NumPy's OpenBLAS takes a third of its time. The products are the same but for the last digits.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any, cast

from spacy.language import Language
from thinc.api import Model, NumpyOps


def single_thread() -> AbstractContextManager[Any]:
    """A context in which NumPy's matrix products use one thread.

    The matrices are small: more threads gain nothing, and idle ones spin, which doubled the CPU time of coding.
    """
    return cast(AbstractContextManager[Any], _pools().limit(limits=1, user_api="blas"))


@cache
def _pools() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def multiply_by_numpy(nlp: Language) -> None:
    """Let the networks of a pipeline that runs on the CPU multiply with NumPy; those of other pipelines stay."""
    plain = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if type(node.ops) is NumpyOps:
                    node.ops = plain
