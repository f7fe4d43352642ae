"""One training run: batches of windows of like length, two losses, warm-up and decay, an average of the weights."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from training.data import Example
from training.network import Network


@dataclass(frozen=True)
class Recipe:
    """Settings of a run; rates are per AdamW step."""

    epochs: float
    encoder_rate: float
    head_rate: float
    batch: int = 16
    warm_up: float = 0.06
    relation_weight: float = 3.0
    average: float = 0.998
    seed: int = 1
    frozen_layers: int = 0

    @property
    def last_epoch(self) -> int:
        """Its number."""
        return math.ceil(self.epochs) - 1


def batches(data: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """``data`` once, shuffled, in batches of windows of like length so that little is padding."""
    order = list(range(len(data)))
    rng.shuffle(order)
    chunks: list[list[int]] = []
    for start in range(0, len(order), size * 20):
        part = sorted(order[start : start + size * 20], key=lambda i: len(data[i].window.ids))
        chunks += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(chunks)
    for chunk in chunks:
        yield [data[i] for i in chunk]


def loss_of(network: Network, batch: Sequence[Example], relation_weight: float) -> torch.Tensor:
    """Cross entropy of the three taggers plus that of every cue's own source and content."""
    hidden, is_word, starts = network.encode([e.window for e in batch])
    width = hidden.size(1)

    def fill(labels: list[int]) -> list[int]:
        return labels + [-100] * (width - len(labels))

    tags = torch.tensor([[fill(e.cues), fill(e.sources), fill(e.contents)] for e in batch])
    logits = network.tag(hidden).float()
    tagging = sum(
        F.cross_entropy(logits[..., 3 * j : 3 * j + 3].reshape(-1, 3), tags[:, j].reshape(-1), ignore_index=-100)
        for j in range(3)
    )
    owners = [i for i, e in enumerate(batch) for _ in e.relations]
    cues = [cue for e in batch for cue, _ in e.relations]
    own = torch.tensor([fill(labels) for e in batch for _, labels in e.relations])
    related = network.relate(hidden, is_word, starts, owners, cues).float()
    relation = F.cross_entropy(related.reshape(-1, 5), own.reshape(-1), ignore_index=-100)
    return tagging + relation_weight * relation


class _Loss(nn.Module):
    """The loss of a batch, in half precision where that loses nothing."""

    def __init__(self, network: Network, relation_weight: float) -> None:
        super().__init__()
        self.network = network
        self.relation_weight = relation_weight

    def forward(self, batch: Sequence[Example]) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return loss_of(self.network, batch, self.relation_weight)


def place() -> tuple[int, int]:
    """This process's number among those that train together, and how many they are."""
    return (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)


def fit(
    network: Network,
    epoch_data: Callable[[int], Sequence[Example]],
    recipe: Recipe,
    after_epoch: Callable[[int, Network], None],
    log: Callable[[str], None] = print,
) -> Network:
    """Train ``network`` in place; return the running average of its weights, which is what ships.

    ``epoch_data`` gives each epoch's windows, ``after_epoch`` gets the average at each epoch's end. Processes that
    train together (``torchrun``) take equal shares of every batch and step alike; the first one speaks for all.
    """
    rank, processes = place()
    torch.manual_seed(recipe.seed + rank)
    rng = random.Random(recipe.seed)
    network.enc.embeddings.word_embeddings.weight.requires_grad_(False)
    for layer in network.enc.encoder.layer[: recipe.frozen_layers]:
        layer.requires_grad_(False)
    if recipe.frozen_layers:
        network.enc.embeddings.requires_grad_(False)
    encoder = [p for p in network.enc.parameters() if p.requires_grad]
    known = {id(p) for p in network.enc.parameters()}
    heads = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    total = math.ceil(recipe.epochs * math.ceil(len(epoch_data(0)) / recipe.batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1.0, (k + 1) / max(1, total * recipe.warm_up)) * max(0.02, 1 - k / total)
    )
    average = copy.deepcopy(network)
    pairs = [
        (old, new) for old, new in zip(average.parameters(), network.parameters(), strict=True) if new.requires_grad
    ]
    loss_module: nn.Module = _Loss(network, recipe.relation_weight)
    if processes > 1:
        loss_module = DistributedDataParallel(loss_module)
    step = 0
    began = time.monotonic()
    for epoch in range(recipe.last_epoch + 1):
        network.train()
        seen = summed = 0.0
        for batch in batches(epoch_data(epoch), recipe.batch, rng):
            if step >= total:
                break
            loss = loss_module(batch[rank::processes] or batch[:1])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(recipe.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for old, new in pairs:
                    old.lerp_(new, 1 - keep)
            seen, summed = seen + 1, summed + loss.item()
            if step % 20 == 0 and rank == 0:
                log(f"epoch {epoch} step {step}/{total} loss {summed / seen:.4f} {time.monotonic() - began:.0f} s")
        average.eval()
        if rank == 0:
            after_epoch(epoch, average)
    return average
