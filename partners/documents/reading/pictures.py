"""Photographs: decoded within limits and drawn anew, so that nothing but what can be seen is kept.

What a camera writes beside a picture (the place, the moment, the device) goes, and so does whatever else a file that is
also a picture may hold.
"""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from .refusal import AGAIN, Refusal, Why

Format = Literal["JPEG", "PNG", "HEIF"]

# The largest cameras of phones; decoded they take 150 MB.
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
# The longer side, below which nobody reads a certificate, and to which larger ones are made smaller.
LEAST_LENGTH, KEPT_LENGTH = 400, 3_500
QUALITY = 85
# What one picture of a phone may hold beside itself.
MOST_PICTURES = 12

DAMAGED = f"This photograph is damaged or did not arrive whole. Take or choose it again. {AGAIN}"


def redraw(content: bytes, kind: Format) -> bytes:
    """The picture as a plain JPEG, upright, at most 3,500 px long. Raises Refusal."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, aux_images=False, depth_images=False)
    try:
        if kind != "HEIF":  # it has no check sums of its own
            with Image.open(BytesIO(content), formats=[kind]) as image:
                _refuse_size(image)
                image.verify()
        with Image.open(BytesIO(content), formats=[kind]) as image:
            _refuse_size(image)
            _refuse_moving(image, kind)
            return _drawn(image)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, EOFError, RuntimeError) as error:
        raise Refusal(Why.DAMAGED, DAMAGED) from error


def _too_many_pixels() -> Refusal:
    return Refusal(
        Why.TOO_MANY_PIXELS,
        f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Send it in a smaller size.",
    )


def _refuse_size(image: Image.Image) -> None:
    """By what the file says of itself, before a pixel is decoded."""
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_many_pixels()
    if max(width, height) < LEAST_LENGTH:
        raise Refusal(
            Why.TOO_SMALL,
            f"This picture is too small to be read ({width} by {height} pixels). Photograph the paper so that it fills"
            " the screen.",
        )


def _refuse_moving(image: Image.Image, kind: Format) -> None:
    # A photograph of a phone may hold smaller ones and a brighter one beside itself: the first counts.
    most = 1 if kind == "PNG" else MOST_PICTURES
    if getattr(image, "n_frames", 1) > most:
        raise Refusal(Why.MOVING, f"This is a moving picture. {AGAIN}")


def _drawn(image: Image.Image) -> bytes:
    image.draft("RGB", (KEPT_LENGTH, KEPT_LENGTH))  # a JPEG is decoded no larger than it is needed
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((KEPT_LENGTH, KEPT_LENGTH))
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(coloured, mask=coloured.getchannel("A"))
    else:
        paper = Image.new("RGB", upright.size)
        paper.paste(upright.convert("RGB"))  # into a new one, which knows nothing of where the old one came from
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
