"""The mean of checkpoints, weight by weight, and how good it is on the parts kept out.

usage: python training/average.py PREPARED.pkl OUT CHECKPOINT CHECKPOINT ...

OUT and the checkpoints are folders. The mean of runs from one start keeps what each does better: on the parts kept out
it was better than each in events and close to the best one in everything else.
"""

from __future__ import annotations

import json
import pickle
import shutil
import sys
from pathlib import Path

import torch
from judge import evaluate
from network import MINILM, Encoder, Network
from train import EPOCHS, parts


def main() -> None:
    prepared, out, *folders = map(Path, sys.argv[1:])
    given = [torch.load(folder / "network.pt", map_location="cpu") for folder in folders]
    mean = {name: torch.stack([one[name] for one in given]).mean(0) for name in given[0]}
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, out / "network.pt")
    shutil.copy(folders[0] / "ways.json", out / "ways.json")
    data = pickle.loads(prepared.read_bytes())
    net = Network(Encoder(MINILM), len(data["modes"]), len(data["ways"]))
    net.load_state_dict(mean)
    _, dev = parts(data["examples"], [task for task in EPOCHS if task in data["examples"]], None)
    scores = {"dev": evaluate(net, dev), "mean of": [json.loads((p / "scores.json").read_text()) for p in folders]}
    (out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")
    print(json.dumps(scores["dev"], indent=1))


if __name__ == "__main__":
    main()
