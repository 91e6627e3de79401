"""Renders the README's screenshot from the app: `python docs/screenshot.py`, with rsvg-convert at hand."""

import asyncio
import subprocess
import tempfile
from pathlib import Path

from storage import create_store, packaged_seed
from tui.app import Parley

TARGET = Path(__file__).with_name("parley.png")
SIZE = (100, 30)
KEYS = ("3", "down", "down", "down", "right", "right", "right", "right", "e")


async def rendered() -> str:
    """The screen with the seed in it and an editor open, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        app = Parley(create_store(Path(folder, "istanbul.db"), packaged_seed()))
        async with app.run_test(size=SIZE) as pilot:
            await app.settled()
            await pilot.press(*KEYS)
            await app.settled()
            await pilot.pause()
            return app.export_screenshot()


def main() -> None:
    """Write the picture."""
    svg = asyncio.run(rendered()).replace("<text ", '<text xml:space="preserve" ')
    subprocess.run(["rsvg-convert", "--width=1200", "-o", str(TARGET)], input=svg.encode(), check=True)


if __name__ == "__main__":
    main()
