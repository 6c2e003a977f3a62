"""What the operator sets in the environment: read once, typed, failing with the variable's name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from store.errors import CannotRun

SLACK = "https://slack.com/api/"


def _unset(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Token = Annotated[SecretStr | None, BeforeValidator(_unset)]
Port = Annotated[Annotated[int, Field(ge=0, le=65535)] | None, BeforeValidator(_unset)]


class Settings(BaseSettings):
    """The environment (and a file `.env` in the working directory)."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: Token = Field(None, validation_alias="SLACK_BOT_TOKEN")
    app_token: Token = Field(None, validation_alias="SLACK_APP_TOKEN")
    api_url: Annotated[str | None, BeforeValidator(_unset)] = Field(
        None, validation_alias="SLACK_API_URL"
    )
    data: Path = Field(Path("data"), validation_alias="KPIBOT_DATA")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="KPIBOT_LOG_LEVEL"
    )

    health_port: Port = Field(None, validation_alias="KPIBOT_HEALTH_PORT")

    @property
    def slack_url(self) -> str:
        """Where Slack's Web API is: Slack itself, or a stand-in. Raises CannotRun for no address."""
        url = self.api_url or SLACK
        if not url.startswith(("https://", "http://")):
            raise CannotRun("SLACK_API_URL は http:// か https:// で始まるアドレスです。")
        return url.rstrip("/") + "/"

    @property
    def tokens(self) -> tuple[str, str] | None:
        """Bot and app token, or None when neither is set.

        Raises CannotRun when only one is, or when one is not of its kind.
        """
        if self.bot_token is None and self.app_token is None:
            return None
        missing = [
            name
            for name, token in (
                ("SLACK_BOT_TOKEN", self.bot_token),
                ("SLACK_APP_TOKEN", self.app_token),
            )
            if token is None
        ]
        if missing or self.bot_token is None or self.app_token is None:
            raise CannotRun(f"{missing[0]} が設定されていません。本番には2つのトークンが必要です。")
        bot, app = self.bot_token.get_secret_value(), self.app_token.get_secret_value()
        _expect(bot, "xoxb-", "SLACK_BOT_TOKEN")
        _expect(app, "xapp-", "SLACK_APP_TOKEN")
        return bot, app


def _expect(token: str, prefix: str, name: str) -> None:
    if not token.startswith(prefix):
        raise CannotRun(f"{name} は {prefix} で始まるトークンです。値を確かめてください。")


def read_settings() -> Settings:
    """The settings as the environment has them. Raises CannotRun naming the variable."""
    try:
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
