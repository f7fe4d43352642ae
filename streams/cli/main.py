"""``statements``: which commands there are, and what becomes of their errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from schemas.printable import printable
from streams.errors import ConfigurationError, InputError, StatementsError

SECTIONS: dict[str, dict[str, str]] = {
    "Try it, nothing needed but Python": {
        "demo": "Stream twenty articles and show their statements. No Kafka.",
        "extract": "Print the statements in articles. No Kafka, no network.",
    },
    "The stream, with Kafka": {
        "feed": "Send articles to the stream.",
        "worker": "Read articles from Kafka and write their statements.",
        "tail": "Show statements as they come, until Ctrl-C.",
        "dead-letters": "List what failed, show it, and have it done again.",
    },
    "Kafka": {
        "topics": "Describe the topics at the broker, and create them.",
        "kafka": "Run Apache Kafka on this machine: one node, no Docker.",
    },
    "Quality": {
        "evaluate": "Score the extractor on annotated articles.",
    },
}
"""Every command and the first line of its help, by the heading it stands under.

Command ``NAME`` is ``command`` in ``streams/cli/NAME.py``. Its first line is repeated here, so that the list of
commands comes without loading all that they need.
"""

WRONG_USAGE = 2
FAILED = 1
INTERRUPTED = 130  # as a shell says it: 128 + SIGINT

_EPILOG = """\b
Settings come from the environment or a .env file, for example:
  STATEMENTS_BROKERS=127.0.0.1:9092   where Kafka is, several with commas
  STATEMENTS_TOPIC_PREFIX=test.       what stands before every topic's name

\b
Start with:
  statements demo                     a stream of twenty articles, on the spot
  statements extract article.txt      the statements of one article
  statements COMMAND --help           what a command takes, with examples"""


class _Commands(click.Group):
    """Loads a command's module when the command is asked for, so that none waits for what only another one needs."""

    def list_commands(self, _: click.Context) -> list[str]:
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"streams.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, self.list_commands(ctx)))
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), line) for name, line in commands.items()])


@click.group(
    cls=_Commands,
    epilog=_EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="diplomatic-statements", prog_name="statements")
@click.pass_context
def cli(context: click.Context) -> None:
    """Who said what in the world's diplomacy, as it is published.

    Reads news articles and tells every statement in them: who speaks, for which state, to whom, and what kind of act it
    is.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command that ``arguments`` (default: those of the process) name, and exits with its status.

    What goes wrong is one line on standard error: status 2 for wrong usage, settings or input, 1 for anything else.
    """
    sys.exit(status(arguments))


def status(arguments: Sequence[str] | None = None) -> int:
    """The exit status of the command that ``arguments`` name, after it ran."""
    try:
        result: Any = cli.main(
            args=None if arguments is None else list(arguments), prog_name="statements", standalone_mode=False
        )
        sys.stdout.flush()
    except click.ClickException as error:
        return _report(error.format_message(), WRONG_USAGE, _help_for(error))
    except (ConfigurationError, InputError) as error:
        return _report(str(error), WRONG_USAGE)
    except StatementsError as error:
        return _report(str(error), FAILED)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; what is still buffered must not fail once more when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return result if isinstance(result, int) else 0


def _help_for(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f" (see {context.command_path} --help)" if context else ""


def _report(words: str, exit_status: int, hint: str = "") -> int:
    line = " ".join(words.split())
    click.echo(f"statements: {printable(line.rstrip('.') if hint else line)}{hint}", err=True)
    return exit_status
