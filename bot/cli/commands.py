"""The table of contents of the command line."""

from __future__ import annotations

import typer
from typer import rich_utils

from bot.cli import (
    backup_commands,
    data_commands,
    digest_command,
    import_commands,
    nlp_commands,
    nlp_review,
    poster_command,
    run_command,
    zalo_commands,
)
from bot.cli.speaking import Command, Group
from talk.texts import say

rich_utils.ARGUMENTS_PANEL_TITLE = say("cli-panel-arguments")
rich_utils.OPTIONS_PANEL_TITLE = say("cli-panel-options")
rich_utils.COMMANDS_PANEL_TITLE = say("cli-panel-commands")
rich_utils.DEFAULT_STRING = say("cli-panel-default", value="{}")
rich_utils.REQUIRED_LONG_STRING = say("cli-panel-required")


def _group(help_key: str) -> typer.Typer:
    return typer.Typer(
        cls=Group, help=say(help_key), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
    )


app = _group("cli-help")
units, people, nlp, zalo = _group("cli-help-units"), _group("cli-help-people"), _group("nlp-help"), _group("zalo-cli-help")

units.command("import", cls=Command, help=say("cli-help-units-import"))(import_commands.units_import)
people.command("import", cls=Command, help=say("cli-help-people-import"))(import_commands.people_import)

nlp.command("evaluate", cls=Command, help=say("nlp-help-evaluate"))(nlp_commands.evaluate)
nlp.command("review", cls=Command, help=say("nlp-help-review"))(nlp_review.review)
nlp.command("train", cls=Command, help=say("nlp-help-train"))(nlp_commands.train)
nlp.command("versions", cls=Command, help=say("nlp-help-versions"))(nlp_commands.versions)
nlp.command("use", cls=Command, help=say("nlp-help-use"))(nlp_commands.use)
nlp.command("drift", cls=Command, help=say("nlp-help-drift"))(nlp_commands.drift)

zalo.command("login", cls=Command, help=say("zalo-cli-help-login"))(zalo_commands.login)

app.command("run", cls=Command, help=say("cli-help-run"))(run_command.run)
app.add_typer(units, name="units")
app.add_typer(people, name="people")
app.command("invite", cls=Command, help=say("cli-help-invite"))(import_commands.invite)
app.command("poster", cls=Command, help=say("cli-help-poster"))(poster_command.poster)
app.command("digest", cls=Command, help=say("cli-help-digest"))(digest_command.digest)
app.command("classify", cls=Command, help=say("cli-help-classify"))(data_commands.classify)
app.add_typer(nlp, name="nlp")
app.add_typer(zalo, name="zalo")
app.command("doctor", cls=Command, help=say("cli-help-doctor"))(data_commands.doctor)
app.command("backup", cls=Command, help=say("cli-help-backup"))(backup_commands.backup)
app.command("restore", cls=Command, help=say("cli-help-restore"))(backup_commands.restore)
app.command("migrate", cls=Command, help=say("cli-help-migrate"))(data_commands.migrate)
app.command("demo-reset", cls=Command, help=say("cli-help-demo-reset"))(data_commands.demo_reset)
