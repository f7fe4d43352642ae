"""``statements evaluate`` with a tagger that needs no model."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from streams.attribution.tagging import model as models
from streams.cli import evaluate
from streams.cli.main import cli
from streams.errors import InputError
from tests.evaluation.stub import WordTagger

BODY = "Japan said talks will go on. China says talks have failed."
ROWS = [
    {
        "doc": "talks", "optional": False, "source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 27]],
        "kinds": ["indirect"], "acts": ["assert"], "diplomatic": [True],
        "speakers": [[{"name": "Japan", "kind": "country", "country": "JPN", "resolution": "explicit"}]],
    }
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statements.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    (tmp_path / "talks.txt").write_text(BODY)
    return tmp_path


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a model's, read by the stub."""
    place = tmp_path / "model"
    place.mkdir()
    (place / "encoder.onnx").touch()
    (place / "config.json").write_text('{"version": "test-1", "threshold": 0.5}')
    monkeypatch.setattr(models.Model, "tagger", lambda *_, **__: WordTagger())
    return place


def run(*arguments: str | Path) -> Result:
    # By its group, as a person does: click remembers the help option of a command that was run without one.
    return CliRunner().invoke(cli, ["evaluate", *map(str, arguments)], catch_exceptions=False)


def test_tables_are_shown_and_figures_written_and_the_history_grows(folder: Path, model: Path) -> None:
    json_file, history = folder / "figures.json", folder / "history.csv"
    arguments = ("--gold", folder, "--model", model, "--json", json_file, "--history", history)
    assert "gold: contents" in run(*arguments).output
    run(*arguments)
    written = json.loads(json_file.read_bytes())
    assert written["model"] == "test-1"
    assert written["corpora"]["gold"]["content"]["exact"]["f1"] == 1.0
    with history.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["model"], row["corpus"], row["mode"]) for row in rows] == [("test-1", "gold", "extraction")] * 2


def test_a_lower_threshold_lets_in_more_and_misses_say_what(folder: Path, model: Path) -> None:
    assert "extra" not in run("--gold", folder, "--model", model).output.split("by article")[1].split("\n\n")[-1]
    output = run("--gold", folder, "--model", model, "--threshold", "0.3").output
    assert "extra  talks  [says]" in output
    assert "found: talks have failed" in output


def test_fields_alone_need_no_model(folder: Path) -> None:
    output = run("--gold", folder, "--oracle", "--model", folder).output
    assert "speaker name" in output
    assert "exact spans" not in output


def _models_of_the_opposite(place: Path) -> None:
    """Models that hold nothing to be diplomatic and whatever is said to be denied, for the article "talks"."""
    (place / "0").mkdir(parents=True)
    acts = {"acts": ["assert", "deny"], "scale": 1, "bias": [0.0, 1.0], "weights": {"kind=direct": [0, 0]}}
    never = {"bias": -9.0, "threshold": 0.5, "weights": {}}
    learned = {"act_weights": acts, "first_targets": never, "targets": never, "relevance": never}
    for name, model in learned.items():
        (place / "0" / f"{name}.json").write_text(json.dumps(model))
    (place / "folds.tsv").write_text("talks\t0\n")


def test_an_article_is_read_with_the_models_of_its_fold(folder: Path) -> None:
    _models_of_the_opposite(folder / "folds")
    json_file = folder / "figures.json"
    rights = []
    for more in ((), ("--folds", folder / "folds")):
        run("--gold", folder, "--oracle", "--model", folder, "--json", json_file, *more)
        rights.append(json.loads(json_file.read_bytes())["corpora"]["gold"]["fields"]["act"]["right"])
    assert rights == [1, 0]


def test_folds_without_models_are_named(folder: Path) -> None:
    with pytest.raises(InputError, match="no models in it"):
        run("--gold", folder, "--oracle", "--model", folder, "--folds", folder)


def test_folds_are_for_the_fields_alone(folder: Path) -> None:
    assert "--folds goes with --oracle" in run("--gold", folder, "--folds", folder).output


def test_markdown_is_for_the_documentation(folder: Path, model: Path) -> None:
    assert "| IoU >= 0.3 | 1.000 |" in run("--gold", folder, "--model", model, "--markdown").output


def test_a_folder_without_a_model_is_named(folder: Path) -> None:
    with pytest.raises(InputError, match="no model in it"):
        run("--gold", folder, "--model", folder)


def test_a_history_with_other_columns_is_left_as_it_is(folder: Path) -> None:
    history = folder / "history.csv"
    history.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="columns"):
        evaluate.append(history, [("x",)])
    assert history.read_text() == "a,b\n1,2\n"


def test_the_gold_that_ships_is_the_default() -> None:
    output = run("--oracle", "--misses", "0").output
    assert "seed" in output
    assert "gum_hackers" in output
