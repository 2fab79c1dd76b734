"""The few words of the command-line library itself, in Vietnamese."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from talk.texts import say


def _in_vietnamese(option: Any) -> Any:
    if option is not None:
        option.help = say("cli-help-option")
    return option


class Command(TyperCommand):
    """A command whose help speaks Vietnamese."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_vietnamese(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return super().get_usage(ctx).replace("Usage:", say("cli-panel-usage"))


class Group(TyperGroup):
    """A group of commands whose help speaks Vietnamese."""

    def get_help_option(self, ctx: Any) -> Any:
        return _in_vietnamese(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return super().get_usage(ctx).replace("Usage:", say("cli-panel-usage"))
