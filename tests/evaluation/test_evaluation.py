"""Articles through the extractor's own functions, and the figures that come out."""

from __future__ import annotations

from datetime import date

import pytest

from streams import knowledge
from streams.evaluation.evaluation import extraction, resolution, tagging
from streams.evaluation.figures import COLUMNS, figures, history_row
from streams.evaluation.gold import GoldArticle, GoldSpeaker, GoldStatement
from streams.evaluation.misses import misses
from streams.evaluation.scores import F1, Share
from streams.evaluation.summary import summary
from streams.evaluation.tables import Table, markdown, tables
from streams.knowledge import Knowledge
from tests.evaluation.stub import WordTagger

BODY = "Japan said talks will go on. China says that talks have failed.\n\nEverybody left."


def statement(source: str, cue: str, content: str, country: str) -> GoldStatement:
    parts = (((BODY.index(text), BODY.index(text) + len(text)),) for text in (source, cue, content))
    speaker = GoldSpeaker(source, "country", country, None, None, "explicit")
    return GoldStatement(*parts, kinds=("indirect",), acts=("assert",), speakers=((speaker,),), diplomatic=(True,))


ARTICLE = GoldArticle(
    "talks",
    BODY,
    date(2004, 12, 17),
    (
        statement("Japan", "said", "talks will go on", "JPN"),
        statement("China", "says", "talks have failed", "CHN"),
    ),
)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load()


def test_what_is_found_is_scored_with_its_fields(known: Knowledge) -> None:
    found = extraction("gold", [ARTICLE], WordTagger(), known, 0.0).summary
    assert found.content[1.0] == F1(2, 2, 2)
    assert found.end_to_end == F1(2, 2, 2)
    assert found.fields["country"] == Share(2, 2)
    assert found.names == {"explicit": Share(2, 2)}
    assert found.kinds == {"indirect": F1(2, 2, 2)}


def test_a_threshold_drops_what_is_less_sure(known: Knowledge) -> None:
    found = extraction("gold", [ARTICLE], WordTagger(), known, 0.5)
    assert found.summary.content[0.3] == F1(1, 1, 2)
    assert [miss.asked for miss in misses(found.scores, 1) if miss.what == "missed"] == ["talks have failed"]


def test_the_curve_shows_what_every_threshold_would_give(known: Knowledge) -> None:
    curve = {
        point.threshold: point.content
        for point in extraction("gold", [ARTICLE], WordTagger(), known, 0.5).summary.curve
    }
    assert (curve[0.0], curve[0.4], curve[0.45], curve[0.95]) == (F1(2, 2, 2), F1(2, 2, 2), F1(1, 1, 2), F1(0, 0, 2))


def test_the_resolver_alone_has_every_statement_to_understand(known: Knowledge) -> None:
    found = resolution("gold", [ARTICLE], known).summary
    assert found.content[1.0] == F1(2, 2, 2)
    assert found.fields["name"] == Share(2, 2)
    assert found.calibration is None


def test_the_tagger_alone_is_scored_as_it_speaks() -> None:
    found = tagging("polnear-dev", [ARTICLE], WordTagger(), 0.0).summary
    assert (found.content[0.3], found.content[1.0]) == (F1(2, 2, 2), F1(1, 2, 2))  # its "that" is not taken away
    assert (found.fields, found.end_to_end) == ({}, F1())


def test_no_articles_have_no_figures(known: Knowledge) -> None:
    assert extraction("gold", [], WordTagger(), known, 0.0).summary.curve == ()
    assert summary(()).source_exact.share is None


def test_tables_show_only_what_was_scored(known: Knowledge) -> None:
    of_all = tables(extraction("gold", [ARTICLE], WordTagger(), known, 0.0))
    of_spans = tables(tagging("dev", [ARTICLE], WordTagger(), 0.0))
    of_fields = tables(resolution("gold", [ARTICLE], known))
    assert [t.title.removeprefix("gold: ") for t in of_all] == [
        "contents", "exact spans", "contents by kind", "of matched statements", "speaker name by resolution", "act",
        "confidence (expected calibration error .350)", "threshold on confidence", "by article",
    ]  # fmt: skip
    assert [t.title for t in of_spans][:2] == ["dev: contents", "dev: exact spans"]
    assert not any("spans" in table.title or "contents" in table.title for table in of_fields)
    assert all(len(row) == len(table.headings) for table in (*of_all, *of_spans, *of_fields) for row in table.rows)


def test_a_table_in_markdown_escapes_its_bars() -> None:
    assert markdown(Table("T", ("a", "b"), (("x|y", ".5"),))) == "**T**\n\n| a | b |\n|---|---:|\n| x\\|y | .5 |\n"


def test_the_history_has_a_value_under_each_column(known: Knowledge) -> None:
    found = extraction("gold", [ARTICLE], WordTagger(), known, 0.0)
    row = dict(zip(COLUMNS, history_row(date(2026, 1, 2), "v1", "gold", found.mode, found.summary), strict=True))
    assert row["date"] == "2026-01-02"
    assert (row["content_30"], row["span_cue"], row["name"], row["kind"], row["end_to_end"]) == ("1.0",) * 5
    assert (row["targets"], row["medium"], row["said_at"], row["negated"]) == ("",) * 4
    assert row["calibration_error"] == "0.35"


def test_figures_hold_the_counts_behind_them(known: Knowledge) -> None:
    found = figures(extraction("gold", [ARTICLE], WordTagger(), known, 0.5).summary)
    assert found["content"]["exact"] == {
        "f1": pytest.approx(2 / 3), "precision": 1.0, "recall": 0.5, "right": 1, "found": 1, "asked": 2,
    }  # fmt: skip
    assert found["fields"]["act"] == {"share": 1.0, "right": 1, "of": 1}
    assert len(found["calibration"]["bins"]) == 10
    assert [point["threshold"] for point in found["curve"]][:3] == [0.0, 0.05, 0.1]
