"""What the network is taught by: the losses of all heads, as far as the labels of a batch go."""

from __future__ import annotations

import torch
from batches import WHOLE, Batch, pair_inputs, pooled, relation_scores, sector_scores, side_scores, told_scores
from examples import PLEDGES, TYPES, Told
from network import Network
from torch import Tensor
from torch.nn import functional as F

TOLD = 1.0  # the share of the sides of whole reports, whose loss is a sum over all mentions near an event


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
            scores, gold = side_scores(net, tokens, batch, sides)
            total = total + F.cross_entropy(scores, gold)
        told = [(r, t) for r, e in enumerate(batch.examples) for t in e.told]
        if told:
            total = total + TOLD * told_loss(net, tokens, batch, told)
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


def told_loss(net: Network, tokens: Tensor, batch: Batch, told: list[tuple[int, Told]]) -> Tensor:
    """Some mention of everybody on a side is seen on it, and no mention of anybody else on any: the mean by event."""
    logs = told_scores(net, tokens, batch, told).log_softmax(-1)
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


def told_somewhere(net: Network, tokens: Tensor, batch: Batch) -> Tensor:
    """Weak supervision of the trigger head: some word of the sentence names an event of the pair's type."""
    logs = net.trigger(tokens).log_softmax(-1)
    logs = logs.masked_fill(batch.mask[:, :, None] == 0, -1e4)
    terms = []
    for row, example in enumerate(batch.examples):
        for _, _, types in example.relations:
            terms.append(-logs[row][:, [t + 1 for t in types]].flatten().max())
    return torch.stack(terms).mean()
