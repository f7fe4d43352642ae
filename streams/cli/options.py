"""Options that stand for settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from streams.pipeline.settings import PREFIX, Settings, load

Command = Callable[..., Any]

_OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "brokers": ("--brokers", {"metavar": "HOST:PORT,...", "help": "Where Kafka is."}),
    "topic_prefix": ("--topic-prefix", {"metavar": "TEXT", "help": "What stands before every topic's name."}),
    "web_host": ("--web-host", {"metavar": "ADDRESS", "help": "Address that the page listens on."}),
    "web_port": ("--web-port", {"metavar": "PORT", "help": "Port of the page; 0 takes a free one."}),
    "web_enabled": ("--web/--no-web", {"default": None, "help": "Whether there is a page."}),
}


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Gives a command an option for each of these settings, and as its first argument the settings that result.

    What an option says goes before what the environment says.
    """

    def decorate(run: Command) -> Command:
        @wraps(run)
        def command(**given: Any) -> Any:
            chosen = {name: given.pop(name) for name in names}
            return run(load(**chosen), **given)

        optional: Command = command
        for name in reversed(names):
            optional = _option(name)(optional)
        return optional

    return decorate


def _option(name: str) -> Callable[[Command], Command]:
    declaration, attributes = _OPTIONS[name]
    default = Settings.model_fields[name].default
    shown = ",".join(default) if isinstance(default, tuple) else str(default).lower()
    told = f"[{PREFIX}{name.upper()}{f'; default {shown}' if shown else ''}]"
    return click.option(declaration, name, **{**attributes, "help": f"{attributes['help']} {told}"})
