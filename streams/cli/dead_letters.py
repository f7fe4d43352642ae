"""``statements dead-letters``: what failed, why, and the way back into the stream."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime

import click
from rich.table import Table
from rich.text import Text

from schemas import DeadLetter
from schemas.printable import printable
from streams.cli.options import settings_options
from streams.cli.terminal import complain, console, is_terminal, show_json
from streams.errors import REASONS, InputError
from streams.pipeline.dead_letters import Choice, Lost, Original, Replayed, dead_letters, originals, replay
from streams.pipeline.settings import Settings
from streams.pipeline.tail import Received

_ID_SHOWN = 12
_MOST_SHOWN = 4_000
"""Characters of a message that a person is shown."""


@click.group(
    "dead-letters",
    epilog="""\b
Examples:
  statements dead-letters list --reason extractor_timeout --since 2026-11-01
  statements dead-letters show 188eaaed2f32
  statements dead-letters replay --reason unsupported_language --dry-run""",
)
def command() -> None:
    """List what failed, show it, and have it done again.

    Each message that a stage cannot take is kept whole as a dead letter, with the reason. Mend what made it fail, then
    replay: ids are made of what articles say, so nothing that has been done before is done twice.
    """


class _Moment(click.ParamType):
    name = "TIME"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time like 2026-11-24 or 2026-11-24T15:30", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_REASON = click.option(
    "--reason",
    "reasons",
    multiple=True,
    type=click.Choice(REASONS),
    metavar="REASON",
    help=f"Those that failed for this; may be repeated: {', '.join(REASONS)}.",
)
_SINCE = click.option(
    "--since", type=_Moment(), help="Those written since then, like 2026-11-24T15:30; UTC unless it says otherwise."
)


@command.command("list")
@_REASON
@_SINCE
@settings_options("brokers", "topic_prefix")
def list_(settings: Settings, reasons: tuple[str, ...], since: datetime | None) -> None:
    """List the dead letters.

    A table on a terminal, one JSON object a line in a pipe, where key, value and headers are base64.
    """
    show = _row(_Table()) if is_terminal() else _json
    asyncio.run(_each(settings, Choice(reasons, since), show))


@command.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@settings_options("brokers", "topic_prefix")
def show(settings: Settings, ids: tuple[str, ...]) -> None:
    """Show dead letters whole, with the message that failed.

    ID is the beginning of an id. What is not text, or would command the terminal, is shown as an escape. In a pipe,
    each is one JSON object.
    """
    if asyncio.run(_show(settings, Choice(ids=ids))) == 0:
        raise InputError(f"no dead letter has an id that begins with {' or '.join(ids)}")


@command.command("replay")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@_REASON
@_SINCE
@click.option("--dry-run", is_flag=True, help="Tell what would be written back, and write nothing.")
@settings_options("brokers", "topic_prefix")
def replay_(
    settings: Settings, ids: tuple[str, ...], reasons: tuple[str, ...], since: datetime | None, dry_run: bool
) -> int:
    """Write the messages that failed back to the topics they came from.

    All of them, or those chosen by the beginnings of their ids, by reason or by time; byte for byte, with their keys
    and headers. What still fails comes back as a new dead letter. Exit status 1 when a message is no longer there.
    """
    replayed = asyncio.run(replay(settings, Choice(reasons, since, ids), dry_run=dry_run))
    for letter, why in replayed.lost.items():
        complain(f"{letter[:_ID_SHOWN]}: not written back: {why}")
    click.echo(_summary(replayed, dry_run))
    return 1 if replayed.lost else 0


def _summary(replayed: Replayed, dry_run: bool) -> str:
    verb = "would be written back" if dry_run else "written back"
    lines = [
        f"{count} {_messages(count)} {verb} to {topic} ({reason})"
        for (topic, reason), count in sorted(replayed.written.items())
    ]
    if replayed.repeated:
        lines.append(f"{replayed.repeated} more {_messages(replayed.repeated)} the same as one of these")
    return printable_lines("\n".join(lines)) if lines else f"nothing {verb}"


def _messages(count: int) -> str:
    return "message" if count == 1 else "messages"


Show = Callable[[DeadLetter, Received], None]


async def _each(settings: Settings, choice: Choice, show: Show) -> None:
    async with aclosing(dead_letters(settings, choice)) as letters:
        async for received in letters:
            if isinstance(received.message, DeadLetter):
                show(received.message, received)
            else:
                place = f"{received.channel.name} partition {received.partition} offset {received.offset}"
                complain(f"{place}: {received.message}")


async def _show(settings: Settings, choice: Choice) -> int:
    """How many there were."""
    chosen: list[tuple[DeadLetter, Received]] = []
    await _each(settings, choice, lambda letter, received: chosen.append((letter, received)))
    if not is_terminal():
        for letter, received in chosen:
            _json(letter, received)
        return len(chosen)
    async with originals(settings) as found:
        for letter, received in chosen:
            click.echo(whole(letter, received.written_at, await found.of(letter)))
    return len(chosen)


def _json(_: DeadLetter, received: Received) -> None:
    show_json(received.value or b"")


class _Table:
    """Rows one after the other, as they are read."""

    def __init__(self) -> None:
        self._console = console()
        self._headed = False

    def add(self, *cells: str) -> None:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=not self._headed, header_style="bold")
        for heading, width in (("Id", _ID_SHOWN), ("Written (UTC)", 16), ("Reason", 22)):
            table.add_column(heading, width=width, no_wrap=True)
        table.add_column("What is wrong", ratio=1, overflow="fold")
        table.expand = True
        table.add_row(*map(Text, cells))
        self._headed = True
        self._console.print(table)


def _row(table: _Table) -> Show:
    def show(letter: DeadLetter, received: Received) -> None:
        written = received.written_at
        place = f"({letter.topic} {letter.partition}:{letter.offset})"
        table.add(
            printable(letter.id[:_ID_SHOWN]),
            f"{written.astimezone(UTC):%Y-%m-%d %H:%M}" if written else "",
            printable(letter.reason),
            printable(f"{letter.error} {place}"),
        )

    return show


def whole(letter: DeadLetter, written_at: datetime | None, original: Original | Lost) -> str:
    """Everything of ``letter`` for a person to read, and nothing in it that a terminal would obey."""
    written = f"{written_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if written_at else "at no known time"
    lines = [
        ("dead letter", letter.id),
        ("written", written),
        ("reason", letter.reason),
        ("error", letter.error),
        ("stage", letter.stage),
        ("from", f"{letter.topic} partition {letter.partition} offset {letter.offset}"),
    ]
    if isinstance(original, Lost):
        lines.append(("message", f"not in the letter, and {original.words}"))
    else:
        lines.append(("key", _text(original.key)))
        lines += [("header", f"{name}: {_text(value)}") for name, value in original.headers]
        lines.append(("value", _text(original.value)))
    return "".join(f"{name:<13}{_indented(text)}\n" for name, text in lines)


def _text(value: bytes | None) -> str:
    """``value`` as UTF-8, with an escape for each byte that is none."""
    if value is None:
        return "(none)"
    text = value[: 4 * _MOST_SHOWN].decode("utf-8", "backslashreplace")[:_MOST_SHOWN]
    cut = len(value) > len(text.encode())
    return f"{text}\n… ({len(value)} bytes in all)" if cut else text


def _indented(text: str) -> str:
    return printable_lines(text).replace("\n", "\n" + " " * 13)


def printable_lines(text: str) -> str:
    """As `printable`, but newlines stay."""
    return "\n".join(map(printable, text.split("\n")))
