"""Pictures that nobody drew."""

import cv2
import numpy as np


def senseless(rng: np.random.Generator, largest: int = 545) -> np.ndarray:
    """Noise, plain colours, blots, blocks, blurs and numbers that are no colours, in any shape."""
    shape = tuple(int(side) for side in np.exp(rng.uniform(0, np.log(largest), 2)))
    shape += ((), (3,), (4,))[rng.integers(3)]
    match rng.integers(7):
        case 0:
            return rng.integers(0, 256, shape).astype(np.uint8)
        case 1:
            return np.full(shape, rng.integers(256), np.uint8)
        case 2:
            return rng.random(shape) < rng.random() * 0.1
        case 3:
            return rng.normal(0, 1000, shape)
        case 4:
            noise = rng.integers(0, 256, shape).astype(np.uint8)
            return cv2.GaussianBlur(noise, (0, 0), float(rng.uniform(1, 30))).reshape(shape)
        case 5:
            blocks = rng.integers(0, 2, tuple(max(1, side // 8) for side in shape[:2]))
            return np.kron(blocks, np.ones((8, 8), int)) * 255
        case _:
            blots = np.zeros(shape, np.uint8)
            for _ in range(int(rng.integers(1, 12))):
                row, column = int(rng.integers(shape[0])), int(rng.integers(shape[1]))
                blots[row : row + int(rng.integers(1, 40)), column : column + 20] = rng.integers(256)
            return blots
