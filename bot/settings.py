"""What can be set from outside, by environment variables or a `.env` file. The README's table is checked against this."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings with their defaults: with none set, the program runs on this machine alone, on SQLite, with a sample commune."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    data_dir: Path = Field(Path("var"), description="Folder for the embedded database, the key and backups")
    database_url: str | None = Field(None, description="`postgresql://…` for a province; without it SQLite in DATA_DIR")
    secret_key: SecretStr | None = Field(
        None, description="The office's key (32 bytes, URL-safe base64); without it DATA_DIR/secret.key, made on the first run"
    )
    sqlite_synchronous: Literal["FULL", "NORMAL"] = Field(
        "FULL", description="FULL survives a power cut, NORMAL only a crash of the program"
    )
    host: str = Field("127.0.0.1", description="Address to listen on; nothing outside this machine unless set")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on")
    public_url: str | None = Field(
        None, description="`https://…` by which the world reaches this server; turns on webhooks and turns off sample mode"
    )
    sample: bool | None = Field(
        None, description="Sample commune and three-pane page; by default on until PUBLIC_URL, TELEGRAM_TOKEN or ZALO_BOT_TOKEN is set"
    )
    embed_origins: str = Field("", description="Portals that may show the citizens' chat in a frame, separated by spaces")
    telegram_token: SecretStr | None = Field(None, description="Token from @BotFather; without it Telegram is off")
    telegram_api_base: str = Field("https://api.telegram.org", description="Another Bot API server, such as a self-hosted one")
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="Secret of the webhook; without it one is derived from the office's key"
    )
    zalo_app_id: str | None = Field(
        None, description="Id of the app on Zalo's developers' page; with its secret and ZALO_OA_SECRET Zalo is on"
    )
    zalo_app_secret: SecretStr | None = Field(None, description="The app's secret key")
    zalo_oa_id: str | None = Field(None, description="Id of the Official Account; with it, no other account can be connected by mistake")
    zalo_oa_secret: SecretStr | None = Field(None, description="OA Secret Key of the webhook page: proves that a message comes from Zalo")
    zalo_template_id: str | None = Field(
        None, description="Approved template (ZBS) with the one parameter `ngay`: a paid word that something waits, once for each silence"
    )
    zalo_oa_window_hours: int = Field(
        48, ge=1, le=168, description="How long after a citizen's last word Zalo is used: 48 hours are free, up to 168 are billed by Zalo"
    )
    zalo_oa_staff_window_hours: int = Field(
        168,
        ge=1,
        le=168,
        description="The same for officials: Monday's digest and reminders come after a silent weekend, billed beyond 48 hours",
    )
    zalo_oa_gather_minutes: int = Field(
        10,
        ge=0,
        le=240,
        description="So long a step of a case that asks nothing of the citizen waits for the next, to be one message on Zalo",
    )
    zalo_verifier: str | None = Field(
        None, description="Code of the domain's proof, the part of `zalo_verifier….html` between the fixed words"
    )
    zalo_oa_api_base: str = Field("https://openapi.zalo.me", description="Another server of the Official Account API")
    zalo_oauth_base: str = Field("https://oauth.zaloapp.com", description="Another server of its consents and tokens")
    zalo_business_api_base: str = Field("https://business.openapi.zalo.me", description="Another server of its template messages by phone")
    zalo_bot_token: SecretStr | None = Field(None, description="Token from the Zalo Bot Platform; without it Zalo Bot is off")
    zalo_bot_api_base: str = Field("https://bot-api.zaloplatforms.com", description="Another server of the Zalo Bot Platform")
    learn_from_corrections: bool = Field(
        False, description="Corrected messages, names and numbers taken out, may teach the classifier; the privacy notice then says so"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much the log says")
    log_format: Literal["console", "json"] = Field("console", description="Log lines for people or for machines")

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'congvu.db'}"

    @property
    def sample_mode(self) -> bool:
        """Whether the sample commune and the three-pane page are on; never on an address that others can reach."""
        if self.public_url is not None:
            return False
        wanted = self.telegram_token is None and self.zalo_bot_token is None if self.sample is None else self.sample
        return wanted and self.host in ("127.0.0.1", "localhost", "::1")

    @property
    def zalo_oa_on(self) -> bool:
        """Whether all is set without which the Official Account can neither hear nor speak."""
        return bool(self.zalo_app_id and self.zalo_app_secret and self.zalo_oa_secret)
