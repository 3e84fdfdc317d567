"""Turn the package's model back into a checkpoint, so that training can go on from it.

usage: python training/restore.py OUT [MODEL_FOLDER]

OUT becomes a folder with `network.pt` and `ways.json` that `train.py --init` and `export.py` take. The weights are
those of the int8 model, so rounded once; word, position and type vectors, which are not trained, are those of the base
encoder. What `export.py` moved from one map into the next stays where it is: the network as a whole is the same.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from examples import mode_names
from network import Network, base_encoder
from onnx import numpy_helper
from torch import Tensor

SHIPPED = Path(__file__).parents[1] / "src/whowhom/resources/models"


def restored(folder: Path) -> dict[str, Tensor]:
    """The weights of a `Network`, by name, of the model in `folder`."""
    net = Network(base_encoder(), len(mode_names()), len(json.loads((folder / "labels.json").read_text())["ways"]))
    found = net.state_dict()
    with np.load(folder / "heads.npz") as heads:
        found |= {name: torch.from_numpy(heads[name].astype(np.float32)) for name in heads.files}
    graph = onnx.load(folder / "encoder.onnx").graph
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    maps = {
        node.name.strip("/").removesuffix("/MatMul_quant"): node.input
        for node in graph.node
        if node.op_type == "MatMulInteger"
    }

    def weight(name: str) -> np.ndarray:
        """The weights `(outputs, inputs)` of a map, its inputs no longer scaled."""
        _, quantised, _, zero = maps[name.replace(".", "/", 2).replace("layers/", "layers.")]
        scale = arrays[quantised.removesuffix("_quantized") + "_scale"]
        whole = (arrays[quantised].astype(np.float32) - arrays[zero]) * scale
        return whole.T * arrays.get(f"{name}.inverse", np.float32(1))

    def put(name: str, weights: np.ndarray, bias: np.ndarray) -> None:
        found[f"encoder.{name}.weight"] = torch.from_numpy(np.array(weights, dtype=np.float32))
        found[f"encoder.{name}.bias"] = torch.from_numpy(np.array(bias, dtype=np.float32))

    for name in ("weight", "bias"):
        found[f"encoder.norm.{name}"] = torch.from_numpy(arrays[f"norm.{name}"].copy())
    for number, layer in enumerate(net.encoder.layers):
        at = f"layers.{number}"
        # The query carries the size of a head, see `export.Run`.
        scales = ((layer.query.out_features // layer.heads) ** 0.5, 1.0, 1.0)
        thirds = zip(
            np.split(weight(f"{at}.attended"), 3), np.split(arrays[f"{at}.attended.bias"], 3), scales, strict=True
        )
        for part, (rows, bias, scale) in zip(("query", "key", "value"), thirds, strict=True):
            put(f"{at}.{part}", rows * scale, bias * scale)
        for part in ("out", "up", "down"):
            put(f"{at}.{part}", weight(f"{at}.{part}"), arrays[f"{at}.{part}.bias"])
        for part in ("norm_attention", "norm_out"):
            put(f"{at}.{part}", arrays[f"{at}.{part}.weight"], arrays[f"{at}.{part}.bias"])
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("out", type=Path)
    ask.add_argument("model", type=Path, nargs="?", default=SHIPPED)
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(restored(args.model), args.out / "network.pt")
    ways = json.loads((args.model / "labels.json").read_text())["ways"]
    (args.out / "ways.json").write_text(json.dumps(ways) + "\n")


if __name__ == "__main__":
    main()
