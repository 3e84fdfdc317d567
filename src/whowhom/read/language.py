"""Whether a text is English."""

from __future__ import annotations

import functools
import re
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
# Words that English text cannot do without and that few other languages share.
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "at", "by", "from", "has", "have",
    "had", "were", "are", "be", "it", "he", "they", "his", "their", "its", "which", "who", "this", "not", "but",
    "said", "will", "would", "after", "been", "than", "about", "into", "over", "more", "when",
})  # fmt: skip
_SAMPLE = 6_000
_FEW_LETTERS = 60
_SURE = 0.9


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that `text` is in; "en" wherever there is no good reason to think otherwise.

    Running English is known by its function words, without loading a model. Of a few words only the script counts.
    """
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    letters = sum(map(len, words))
    if not letters:
        return "en"
    if sum(word in _ENGLISH for word in words) >= 0.18 * len(words) and len(words) >= 8:
        return "en"
    plain = sum(len(word) for word in words if word.isascii()) / letters
    if letters < _FEW_LETTERS and plain > 0.5:
        return "en"
    code, probability = _identifier().classify(" ".join(words))
    return str(code) if probability >= _SURE or plain < 0.5 else "en"


def is_english(code: str) -> bool:
    """Whether a language tag, in one of the usual forms ("en", "en-GB", "eng", "English"), names English."""
    return code.strip().casefold().replace("_", "-").split("-")[0] in ("en", "eng", "english")
