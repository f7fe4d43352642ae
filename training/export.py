"""The trained network as two ONNX files, quantised to eight bits, beside the tokenizer."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from streams.attribution.tagging.windows import Window
from training.balance import balanced
from training.network import ENCODER, Network


class _Encoder(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, case: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net = self.network
        hidden = net.vectors_of_one(ids, case, first)
        return net.tag(hidden)[..., :3], net.wt(hidden), net.wc(hidden)


class _Relation(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, words: Tensor, cue: Tensor, has_cue: Tensor, distance: Tensor, in_cue: Tensor, starts: Tensor
    ) -> Tensor:
        net = self.network
        cue = has_cue * cue + (1 - has_cue) * net.nullc
        x = words + cue[:, None] + net.dist(distance) + net.incue(in_cue) + net.nl(starts)
        return net.label(x)


def export(network: Network, folder: Path, seen: Sequence[Window]) -> None:
    """Write ``encoder.onnx``, ``relation.onnx`` and ``tokenizer.json`` into ``folder``.

    ``seen`` are some windows of real news, from which the scales of the eight bits are told.
    """
    network = balanced(network, seen)
    folder.mkdir(parents=True, exist_ok=True)
    size, pieces, rows = 11, 17, 3
    width = network.wt.out_features
    numbers = torch.ones
    parts = {
        "encoder": (
            _Encoder(network),
            {n: numbers(1, s, dtype=torch.long) for n, s in (("ids", pieces), ("case", pieces), ("first", size))},
            {"ids": {1: "pieces"}, "case": {1: "pieces"}, "first": {1: "words"}},
            ["cues", "words", "cue_words"],
        ),
        "relation": (
            _Relation(network),
            {
                "words": torch.randn(1, size, width),
                "cue": torch.randn(rows, width),
                "has_cue": torch.ones(rows, 1),
                "distance": numbers(rows, size, dtype=torch.long),
                "in_cue": numbers(rows, size, dtype=torch.long),
                "starts": numbers(1, size, dtype=torch.long),
            },
            {
                "words": {1: "words_"},
                "cue": {0: "cues_"},
                "has_cue": {0: "cues_"},
                "distance": {0: "cues_", 1: "words_"},
                "in_cue": {0: "cues_", 1: "words_"},
                "starts": {1: "words_"},
            },
            ["labels"],
        ),
    }
    with tempfile.TemporaryDirectory() as scratch:
        for name, (module, inputs, dynamic, outputs) in parts.items():
            plain = Path(scratch) / f"{name}.onnx"
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                torch.onnx.export(
                    module.eval(),
                    tuple(inputs.values()),
                    str(plain),
                    input_names=list(inputs),
                    output_names=outputs,
                    dynamic_axes=dynamic,
                    opset_version=17,
                    dynamo=False,
                )
            # Seven bits of weight: without VNNI, eight saturate the sums of 16-bit products.
            quantize_dynamic(
                plain, folder / f"{name}.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"],
                extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
            )  # fmt: skip
    shutil.copy(ENCODER / "tokenizer.json", folder / "tokenizer.json")
