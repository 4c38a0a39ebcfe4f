"""Draws a picture anew: `python -P -m gateway.files.redraw SOURCE TARGET` prints the media type of what it
made.

What a camera knew (place, time, owner, a small copy of the whole picture) stays behind, and so does
whatever is not a picture in the file. It runs as a process of its own, with little memory and time:
decoders are where hostile files do harm.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Mapping
from typing import Any

LONGEST_SIDE = 2560
# A JPEG is decoded at a fraction of its size; the others as a whole.
MOST_PIXELS: Mapping[str, int] = {
    "JPEG": 64_000_000,
    "PNG": 30_000_000,
    "GIF": 30_000_000,
    "WEBP": 30_000_000,
}
MEMORY_BYTES = 640 * 1024 * 1024
SECONDS = 20
QUALITY = 85
# How it ends, for who started it.
BROKEN, TOO_MANY_PIXELS = 3, 4


class TooManyPixels(Exception):
    """More than anybody needs to see."""


def redraw(source: str, target: str) -> str:
    """Raises TooManyPixels; anything else that goes wrong means that it is no picture."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limits here are per format, and come before anything is decoded
    with Image.open(source, formats=tuple(MOST_PIXELS)) as picture:
        form = str(picture.format)
        if picture.width * picture.height > MOST_PIXELS[form]:
            raise TooManyPixels
        if form == "JPEG":
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = picture.getexif().get(0x0112, 1)
        clear = form != "JPEG" and picture.has_transparency_data
        drawn = picture.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn.info.clear()
    drawn.getexif().clear()
    turn = _turns(Image).get(turned)
    upright = drawn if turn is None else drawn.transpose(turn)
    if form == "JPEG" or (form == "WEBP" and not clear):
        upright.save(target, "JPEG", quality=QUALITY, optimize=True)
        return "image/jpeg"
    upright.save(target, "PNG")
    return "image/png"


def _turns(image: Any) -> Mapping[int, Any]:
    """How to hold it upright, by how the camera says that it was held."""
    way = image.Transpose
    return {
        2: way.FLIP_LEFT_RIGHT, 3: way.ROTATE_180, 4: way.FLIP_TOP_BOTTOM, 5: way.TRANSPOSE,
        6: way.ROTATE_270, 7: way.TRANSVERSE, 8: way.ROTATE_90,
    }  # fmt: skip


def main(source: str, target: str) -> int:
    """The exit code; the media type goes to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.write(redraw(source, target))
    except TooManyPixels:
        return TOO_MANY_PIXELS
    except Exception:  # whatever a decoder makes of it: it is no picture
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
