"""Articles from files, folders and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from schemas.article import Article
from schemas.wire import DecodeError, decode
from streams.errors import InputError

STANDARD_INPUT = Path("-")

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
_IN_A_FOLDER = _JSON | {".txt"}


def articles(paths: Iterable[Path]) -> Iterator[Article | InputError]:
    """Every article that ``paths`` hold, one after the other; what cannot be read is an error in its place.

    A path is a folder (its text and JSON files, by name, subfolders too), ``-`` (standard input), JSON (one article, a
    list of them, or one a line), or text: the body of one article, with its other fields in a ``.json`` of the same
    name if there is one. Files are read one at a time, and those with an article a line, line by line.
    """
    for path in _files(paths):
        try:
            if path == STANDARD_INPUT:
                yield from _anything(sys.stdin.buffer)
            elif path.suffix.lower() in _JSON:
                with path.open("rb") as file:
                    yield from _json(file, str(path))
            else:
                yield _text(path)
        except OSError as error:
            yield InputError(f"{path}: {error.strerror}")


def body(path: Path) -> str:
    """The text of a file, newlines as they are. Raises InputError, which names the file."""
    try:
        value = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    return _decoded(value, str(path))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file once, with a text in the place of the fields that belong to it."""
    inside = (_within(path) if path.is_dir() else (path,) for path in paths)
    # A dictionary keeps the order and drops what is there twice, as "*" in a shell gives text and fields both.
    return iter(dict.fromkeys(_text_of(path) or path for path in chain.from_iterable(inside)))


def _within(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _IN_A_FOLDER and path.is_file())


def _text_of(path: Path) -> Path | None:
    text = path.with_suffix(".txt")
    return text if path.suffix.lower() == ".json" and text.is_file() else None


def _text(path: Path) -> Article | InputError:
    try:
        text = body(path)
    except InputError as error:
        return error
    beside = path.with_suffix(".json")
    if beside == path or not beside.is_file():
        return _article({"body": text}, str(path))
    try:
        fields = orjson.loads(beside.read_bytes())
    except orjson.JSONDecodeError as error:
        return InputError(f"{beside}: line {error.lineno} column {error.colno}: {error.msg}")
    if not isinstance(fields, dict):
        return InputError(f"{beside}: expected a JSON object with the article's other fields")
    return _article({**fields, "body": text}, str(beside))


def _anything(lines: BinaryIO) -> Iterator[Article | InputError]:
    """JSON if it begins like JSON, else the body of one article."""
    before, first = _first_line(lines)
    if first.lstrip()[:1] in (b"{", b"["):
        yield from _json(chain((before + first,), lines), "standard input", skipped=before.count(b"\n"))
        return
    try:
        yield _article({"body": _decoded(before + first + lines.read(), "standard input")}, "standard input")
    except InputError as error:
        yield error


def _first_line(lines: BinaryIO) -> tuple[bytes, bytes]:
    """The blank lines at the start, and the first line that is not blank (empty at the end of the input)."""
    blank: list[bytes] = []
    for line in lines:
        if line.strip():
            return b"".join(blank), line
        blank.append(line)
    return b"".join(blank), b""


def _json(lines: Iterable[bytes], name: str, skipped: int = 0) -> Iterator[Article | InputError]:
    """One article a line if the first line is a whole object, else all of it is one JSON value."""
    numbered = ((number, line) for number, line in enumerate(lines, start=1 + skipped) if line.strip())
    first = next(numbered, (1, b""))
    if _is_whole_object(first[1]):
        for number, line in chain((first,), numbered):
            yield _decode(line, f"{name}, line {number}")
    else:
        yield from _document(b"".join(line for _, line in chain((first,), numbered)), name)


def _is_whole_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _document(value: bytes, name: str) -> Iterator[Article | InputError]:
    try:
        whole = orjson.loads(value)
    except orjson.JSONDecodeError:
        whole = None  # said better below, by the same words as for a message
    if isinstance(whole, list):
        yield from (_article(item, f"{name}, article {number}") for number, item in enumerate(whole, start=1))
    else:
        yield _decode(value, name)


def _article(fields: Any, name: str) -> Article | InputError:
    return _decode(orjson.dumps(fields), name)


def _decode(value: bytes, name: str) -> Article | InputError:
    result = decode(value, (), Article)
    return InputError(f"{name}: {result}") if isinstance(result, DecodeError) else result


def _decoded(value: bytes, name: str) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 (byte {error.start} is 0x{value[error.start]:02x})") from error
