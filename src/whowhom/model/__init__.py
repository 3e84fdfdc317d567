"""The trained model: `Parsed` -> `Reading`, what the network sees in each word and between words.

One encoder pass a paragraph (int8 ONNX), shared by all heads; the heads are small and run in NumPy. Nothing is loaded
before the first text is read. This room owns onnxruntime and tokenizers.
"""

from whowhom.model.decode import best_tags
from whowhom.model.network import Network, load_network, model_digest, softmax
from whowhom.model.reading import Reading, TextReading, read_parsed, read_text

__all__ = [
    "Network",
    "Reading",
    "TextReading",
    "best_tags",
    "load_network",
    "model_digest",
    "read_parsed",
    "read_text",
    "softmax",
]
