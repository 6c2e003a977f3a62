"""Which way the bot is told things, as its manifest says, and how that is changed."""

from __future__ import annotations

from sandbox.ack import Way
from sandbox.agent import Agent
from sandbox.envelopes import Envelopes
from sandbox.manifest import Manifest
from sandbox.requests import Requests
from sandbox.world import World


def way_of(world: World, manifest: Manifest) -> Way:
    """Return the way that a manifest asks for: requests to its addresses, or the bot's sockets."""
    if manifest.addresses is not None:
        return Requests(world, manifest.addresses)
    return Envelopes(world, world.connections)


async def configure(world: World, manifest: Manifest) -> None:
    """Give the app another manifest, as on its settings page.

    Its addresses have to answer a challenge first. ValueError if one doesn't; nothing changes then.
    """
    way = way_of(world, manifest)
    if isinstance(way, Requests):
        try:
            await way.verify()
        except ValueError:
            await way.close()
            raise
    await world.way.close()
    world.manifest, world.way = manifest, way
    world.agent = Agent(manifest.prompts, world.messages, world.pulse)
    world.pulse.beat()
