"""The network that tells whether some ink in a row is just one digit: 195,000 weights, 3 million multiplications.

Not one that reads glyphs, as those beside it do: it sees groups of pieces with what stands around them, float32
(n, 32, 32, 2), and gives float32 (n, 11), the probabilities that a group is just that digit, and last that it is more
or less than one. It is made as `hands` is, and compiled in the same way.
"""

import keras

from digitpad.training.networks.hands import optimizer, told

# Channels, window, and stride of each convolution, none padded.
CONVOLUTIONS = [
    (12, 4, 2),  # 15 × 15
    (32, 3, 1),  # 13 × 13
    (48, 3, 1),  # 11 × 11
    (64, 4, 2),  # 4 × 4
    (128, 4, 1),  # all that is seen
]


def build(steps: int) -> keras.Model:
    """The network, compiled for shares that sum to 1, to be trained for that many steps."""
    group = keras.Input((32, 32, 2), name="group")
    network = keras.Model(group, told(group, CONVOLUTIONS), name="verifier")
    network.compile(optimizer=optimizer(steps), loss="categorical_crossentropy", metrics=["accuracy"])
    return network
