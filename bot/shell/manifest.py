"""`kpibot manifest`: what to paste where the app is made or changed in Slack."""

from __future__ import annotations

import json

import click

from bot.manifest import for_requests, read_manifest, request_url


@click.command(help="Slack のアプリの manifest を表示する（--http なら HTTP モード用）")
@click.option("--http", "address", help="Slack が要求を送るアドレス（例 https://kpi.example.jp）")
def manifest(address: str | None) -> None:
    """Print the manifest: Socket Mode's, or that of HTTP mode with this address."""
    found = read_manifest()
    if address is not None:
        found = for_requests(found, request_url(address))
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
