"""The pieces of words, by the tokenizer that ships."""

from __future__ import annotations

from tokenizers import Tokenizer

from streams.attribution.tagging.model import shipped
from streams.attribution.tagging.session import Session


def test_a_remembered_word_has_the_pieces_that_the_tokenizer_gives_it_in_a_sentence() -> None:
    words = [
        "Moscow",
        "’s",
        "U.S",
        "naïve",
        "İstanbul",
        "中文",
        "—",
        "\x00",
        "\ufffd",
        "unforeseeable",
        "a" * 33,
        "b" * 500,
    ]
    tokenizer = Tokenizer.from_file(str(shipped() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoding = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    expected: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        expected[word].append(piece)
    session = Session(shipped())
    assert session.pieces(words) == expected
    assert session.pieces(words) == expected
