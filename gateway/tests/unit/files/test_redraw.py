"""Pictures that are drawn anew: the same to the eye, and nothing else in them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from gateway.files import pictures, redraw
from PIL import Image

from . import samples


def drawn(folder: Path, body: bytes) -> tuple[str, bytes]:
    """As the store has it done: by a process of its own."""
    source, target = folder / "source", folder / "target"
    source.write_bytes(body)
    return pictures.draw_anew(source, target), target.read_bytes()


def test_what_the_camera_knew_stays_behind(tmp_path: Path) -> None:
    photo = samples.jpeg()
    assert samples.SECRET.encode() in photo
    media_type, body = drawn(tmp_path, photo)
    assert media_type == "image/jpeg"
    assert samples.SECRET.encode() not in body
    with Image.open(io.BytesIO(body)) as picture:
        assert not picture.getexif()
        assert picture.size == (60, 40)
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_a_drawing_says_in_words_stays_behind(tmp_path: Path) -> None:
    media_type, body = drawn(tmp_path, samples.png())
    assert media_type == "image/png"
    assert samples.SECRET.encode() not in body
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.getpixel((0, 0)) == (10, 20, 30, 40)


@pytest.mark.parametrize(
    ("turned", "size", "left_top"),
    [(1, (60, 40), "red"), (3, (60, 40), "blue"), (6, (40, 60), "red"), (8, (40, 60), "blue")],
)
def test_it_stands_upright_though_nothing_says_how_it_was_held(
    turned: int, size: tuple[int, int], left_top: str, tmp_path: Path
) -> None:
    _, body = drawn(tmp_path, samples.jpeg(turned=turned))
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.size == size
        red, _green, blue = picture.convert("RGB").getpixel((3, 3))  # type: ignore[misc]
        assert (red > blue) == (left_top == "red")


def test_a_large_photo_becomes_smaller(tmp_path: Path) -> None:
    media_type, body = drawn(tmp_path, samples.jpeg(5000, 3000, secret=False))
    with Image.open(io.BytesIO(body)) as picture:
        assert max(picture.size) == redraw.LONGEST_SIDE
    assert media_type == "image/jpeg"


def test_moving_and_other_pictures_become_plain_ones(tmp_path: Path) -> None:
    frames = [Image.new("P", (8, 8), number) for number in range(3)]
    moving = samples.saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert drawn(tmp_path, moving)[0] == "image/png"
    assert drawn(tmp_path, samples.saved(Image.new("RGB", (8, 8)), "WEBP"))[0] == "image/jpeg"


def test_a_picture_as_large_as_a_city_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(redraw.TooManyPixels):
        drawn(tmp_path, samples.png_that_says(30_000, 30_000))


@pytest.mark.parametrize(
    "body",
    [
        samples.jpeg()[:200],
        samples.png_that_says(3_000, 3_000),
        b"\xff\xd8\xff" + b"no photo at all",
        b"\x89PNG\r\n\x1a\n" + samples.HTML,
    ],
    ids=["cut off", "less than it says", "no photo", "a page behind the mark of a picture"],
)
def test_what_only_begins_as_a_picture_is_none(body: bytes, tmp_path: Path) -> None:
    with pytest.raises(pictures.NoPicture):
        drawn(tmp_path, body)


def test_what_hides_behind_a_picture_is_left_out(tmp_path: Path) -> None:
    _, body = drawn(tmp_path, samples.jpeg(secret=False) + samples.HTML + samples.ZIP)
    assert b"script" not in body
    assert b"run.exe" not in body
