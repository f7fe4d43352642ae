"""What is remembered of words."""

from __future__ import annotations

from streams.knowledge.remembering import remembered


def test_an_answer_is_remembered_and_that_to_a_text_without_end_is_not() -> None:
    asked: list[str] = []

    @remembered(2)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    endless = "a" * 100_000
    assert [length(text) for text in ("word", "word", endless, endless)] == [4, 4, 100_000, 100_000]
    assert asked == ["word", endless, endless]
