"""The fifteen ways in which MNIST's pictures are spoilt in Mu and Gilmer's benchmark.

N. Mu and J. Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision" (ICML workshop on uncertainty and
robustness in deep learning, 2019), which follows Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to
Common Corruptions and Perturbations" (ICLR, 2019). Written after what the paper says of each; how strong each is was
chosen so that a person still reads nearly all digits, as theirs. No model is trained on any.

Each takes one of MNIST's pictures, uint8 (28, 28), and a generator, and gives the like.
"""

import itertools
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Glyph = NDArray[np.uint8]
SIDE = 28
WHITE = 255


def shot_noise(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """As a sensor counts few photons: at full light five, by Poisson's law."""
    return _as_glyph(rng.poisson(glyph / WHITE * 5) / 5 * WHITE)


def impulse_noise(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """An eighth of the pixels black or white, as bits that were lost."""
    chance = rng.random(glyph.shape)
    return np.where(chance < 1 / 16, 0, np.where(chance > 15 / 16, WHITE, glyph)).astype(np.uint8)


def glass_blur(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """As through frosted glass: pixels change places with their neighbours, between two blurs."""
    seen = cv2.GaussianBlur(glyph, (0, 0), 0.7)
    for _ in range(2):
        for row, column in np.ndindex(SIDE - 2, SIDE - 2):
            down, right = rng.integers(-1, 2, 2)
            here, there = (row + 1, column + 1), (row + 1 + down, column + 1 + right)
            seen[here], seen[there] = seen[there], seen[here]
    return _as_glyph(cv2.GaussianBlur(seen, (0, 0), 0.7))


def motion_blur(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """As by a camera that moves by seven pixels, at most 45° from level."""
    turn = rng.uniform(-np.pi / 4, np.pi / 4)
    way = np.array([np.cos(turn), np.sin(turn)]) * 3.5
    kernel = np.zeros((17, 17), np.float32)
    ends = [tuple(np.rint((8 + sign * way) * 16).astype(int).tolist()) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], (1.0,), 1, cv2.LINE_AA, 4)
    return _as_glyph(cv2.filter2D(glyph, -1, kernel / kernel.sum()))


def shear(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Slanted by 0.3 to 0.6 pixels a row."""
    return _mapped(glyph, np.array([[1, rng.choice([-1, 1]) * rng.uniform(0.3, 0.6)], [0, 1]]))


def scale(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Half to seven tenths as large."""
    return _mapped(glyph, np.eye(2) * rng.uniform(0.5, 0.7))


def rotate(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Turned by 15° to 30° either way."""
    turn = np.radians(rng.choice([-1, 1]) * rng.uniform(15, 30))
    return _mapped(glyph, np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]))


def brightness(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Brighter all over by about half of the whole range."""
    return _as_glyph(glyph + rng.uniform(0.4, 0.6) * WHITE)


def translate(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Moved by up to six pixels each way; what leaves the picture is lost."""
    right, down = (float(move) for move in rng.integers(-6, 7, 2))
    return _as_glyph(cv2.warpAffine(glyph, np.array([[1, 0, right], [0, 1, down]]), (SIDE, SIDE)))


def stripe(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """With black and white changed in an upright stripe in the middle."""
    striped = glyph.copy()
    striped[:, 11:17] = WHITE - striped[:, 11:17]
    return striped


def fog(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """In fog, by the diamond-square algorithm (Fournier, Fussell and Carpenter, 1982)."""
    foggy = glyph / WHITE + 0.9 * _clouds(32, rng)[:SIDE, :SIDE]
    return _as_glyph(foggy / foggy.max() * WHITE)


def spatter(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """With drops on the lens, on a fifteenth of it."""
    wet = cv2.GaussianBlur(rng.normal(0, 1, glyph.shape), (0, 0), 1)
    drops = (wet > np.percentile(wet, 100 * 14 / 15)).astype(np.float32)
    return np.maximum(glyph, _as_glyph(cv2.GaussianBlur(drops, (0, 0), 0.5) * 200))


def dotted_line(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Under a dotted line from edge to edge."""
    return _with_line(glyph, _from_edge_to_edge(rng), is_dotted=True)


def zigzag(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Under a zigzag from edge to edge, ten lines of which each goes three pixels to the other side."""
    first, last = _from_edge_to_edge(rng)
    aside = 3 * np.array([first[1] - last[1], last[0] - first[0]]) / np.hypot(*(last - first))
    corners = [first + (last - first) * part / 10 + (aside if part % 2 else -aside) for part in range(1, 10)]
    return _with_line(glyph, [first, *corners, last])


def canny_edges(glyph: Glyph, rng: np.random.Generator) -> Glyph:
    """Nothing but its edges, by Canny's detector (1986)."""
    return _as_glyph(cv2.Canny(glyph, 80, 180))


CORRUPTIONS: dict[str, Callable[[Glyph, np.random.Generator], Glyph]] = {
    each.__name__.replace("_", " "): each
    for each in (
        *(shot_noise, impulse_noise, glass_blur, motion_blur, shear, scale, rotate, brightness, translate),
        *(stripe, fog, spatter, dotted_line, zigzag, canny_edges),
    )
}


def _as_glyph(picture: NDArray[np.number]) -> Glyph:
    return np.asarray(np.rint(np.clip(picture, 0, WHITE)), np.uint8)


def _mapped(glyph: Glyph, matrix: NDArray[np.float64]) -> Glyph:
    """The picture under a linear map about its middle."""
    middle = np.full(2, (SIDE - 1) / 2)
    move = middle - matrix @ middle
    return _as_glyph(cv2.warpAffine(glyph, np.column_stack([matrix, move]), (SIDE, SIDE)))


def _clouds(side: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A landscape of clouds, 0 to 1, (side, side), that goes on beyond its edges; `side` is a power of two."""
    clouds = np.zeros((side, side))
    step, rough = side, 1.0
    while step > 1:
        half = step // 2
        corners = clouds[::step, ::step]
        pairs = corners + np.roll(corners, -1, axis=0)
        middles = (pairs + np.roll(pairs, -1, axis=1)) / 4 + rng.uniform(-rough, rough, corners.shape)
        clouds[half::step, half::step] = middles
        for axis, rows, columns in ((0, 0, half), (1, half, 0)):
            ends = corners + np.roll(corners, -1, axis=1 - axis)
            sides = middles + np.roll(middles, 1, axis=axis)
            clouds[rows::step, columns::step] = (ends + sides) / 4 + rng.uniform(-rough, rough, corners.shape)
        step, rough = half, rough / 1.7
    return np.asarray((clouds - clouds.min()) / np.ptp(clouds))


def _from_edge_to_edge(rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """The ends x, y of a line from one edge of a picture to the one across."""
    ends = [np.array([place, rng.uniform(5, SIDE - 5)]) for place in (0.0, SIDE - 1.0)]
    return [end[::-1] for end in ends] if rng.random() < 0.5 else ends


def _with_line(glyph: Glyph, corners: list[NDArray[np.float64]], is_dotted: bool = False) -> Glyph:
    """The picture under a white line of one pixel past these corners."""
    lined = glyph.copy()
    for first, last in itertools.pairwise(corners):
        length = float(np.hypot(*(last - first)))
        for gone in np.arange(0, length, 0.5):
            column, row = np.rint(first + (last - first) * gone / length).astype(int)
            if not (is_dotted and int(gone) % 2) and 0 <= row < SIDE and 0 <= column < SIDE:
                lined[row, column] = WHITE
    return lined
