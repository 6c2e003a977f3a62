"""What the operator sets in the environment: read once, typed, failing with the variable's name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.line.keys import LOOPBACK, HttpKeys, Keys, SocketKeys
from bot.misspelt import refuse_misspelt, settings_in
from store.errors import CannotRun

ENV = Path(".env")
SLACK = "https://slack.com/api/"
NEEDED = (
    "本番には SLACK_BOT_TOKEN と、SLACK_APP_TOKEN（Socket Mode）か"
    " SLACK_SIGNING_SECRET（HTTP モード）のどちらか1つが必要です。"
)
BOTH = (
    "SLACK_APP_TOKEN（Socket Mode）と SLACK_SIGNING_SECRET（HTTP モード）の両方が設定されています。"
    "使うほうだけを残してください。"
)


def _unset(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Token = Annotated[SecretStr | None, BeforeValidator(_unset)]
Port = Annotated[Annotated[int, Field(ge=0, le=65535)] | None, BeforeValidator(_unset)]


class Settings(BaseSettings):
    """The environment (and a file `.env` in the working directory)."""

    model_config = SettingsConfigDict(
        env_file=ENV, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: Token = Field(None, validation_alias="SLACK_BOT_TOKEN")
    app_token: Token = Field(None, validation_alias="SLACK_APP_TOKEN")
    signing_secret: Token = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    api_url: Annotated[str | None, BeforeValidator(_unset)] = Field(
        None, validation_alias="SLACK_API_URL"
    )
    data: Path = Field(Path("data"), validation_alias="KPIBOT_DATA")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="KPIBOT_LOG_LEVEL"
    )

    health_port: Port = Field(None, validation_alias="KPIBOT_HEALTH_PORT")
    http_host: str = Field(LOOPBACK, validation_alias="KPIBOT_HTTP_HOST")
    http_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        3902, validation_alias="KPIBOT_HTTP_PORT"
    )

    @property
    def slack_url(self) -> str:
        """Where Slack's Web API is: Slack itself, or a stand-in. Raises CannotRun for no address."""
        url = self.api_url or SLACK
        if not url.startswith(("https://", "http://")):
            raise CannotRun("SLACK_API_URL は http:// か https:// で始まるアドレスです。")
        return url.rstrip("/") + "/"

    @property
    def tokens(self) -> tuple[str, Keys] | None:
        """The bot's token and the keys to the line, or None when nothing of it is set.

        An app-level token is for Socket Mode, a signing secret for HTTP mode. Raises CannotRun when
        one of the two that belong together is missing, when both modes are asked for, or when a
        token is not of its kind.
        """
        bot = _plain(self.bot_token, "SLACK_BOT_TOKEN", "xoxb-")
        app = _plain(self.app_token, "SLACK_APP_TOKEN", "xapp-")
        secret = _plain(self.signing_secret, "SLACK_SIGNING_SECRET")
        if app and secret:
            raise CannotRun(BOTH)
        if not (bot or app or secret):
            return None
        if not bot:
            raise CannotRun(f"SLACK_BOT_TOKEN が設定されていません。{NEEDED}")
        if secret:
            return bot, HttpKeys(secret, self.http_host, self.http_port)
        if app:
            return bot, SocketKeys(app)
        raise CannotRun(f"SLACK_APP_TOKEN が設定されていません。{NEEDED}")


def _plain(secret: SecretStr | None, name: str, prefix: str | None = None) -> str | None:
    """A secret as it is. Raises CannotRun for a token in another's place."""
    if secret is None:
        return None
    value = secret.get_secret_value().strip()
    if prefix is not None and not value.startswith(prefix):
        raise CannotRun(f"{name} は {prefix} で始まるトークンです。値を確かめてください。")
    if prefix is None and value.startswith(("xox", "xapp-")):
        raise CannotRun(f"{name} はトークンではありません（Basic Information の Signing Secret）。")
    return value


def read_settings() -> Settings:
    """The settings as the environment has them.

    Raises CannotRun naming the variable, the line of `.env` that says nothing, or the name that is
    nearly one of ours.
    """
    known = {str(field.validation_alias or name) for name, field in Settings.model_fields.items()}
    try:
        refuse_misspelt([*settings_in(ENV), *os.environ], known)
        return Settings()
    except UnicodeDecodeError as error:
        raise CannotRun(
            "設定ファイル .env の文字コードが UTF-8 ではありません。UTF-8 で保存してください。"
        ) from error
    except ValidationError as error:
        name = error.errors()[0]["loc"][0]
        raise CannotRun(
            f"設定 {name} の値を読めません。書き方は .env.example にあります。"
        ) from error
