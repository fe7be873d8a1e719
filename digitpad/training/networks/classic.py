"""The textbook convolutional network: 225,034 weights, about 99.2 % on MNIST's test set.

Two times convolution and pooling, then two dense layers, after LeCun, Bottou, Bengio and Haffner,
"Gradient-Based Learning Applied to Document Recognition" (Proceedings of the IEEE, 1998), with the
activations (ReLU) and the optimizer (Adam) of today's textbooks.
"""

import keras
from keras import layers


def build(_steps: int) -> keras.Model:
    """The network, compiled for labels 0 to 9; its learning rate is the same for any number of steps."""
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1), name="glyph"),
            layers.Conv2D(32, 3, activation="relu", name="strokes"),  # edges and short strokes
            layers.MaxPooling2D(2, name="pool_1"),  # a stroke may lie a pixel further left
            layers.Conv2D(64, 3, activation="relu", name="shapes"),  # loops, corners, ends
            layers.MaxPooling2D(2, name="pool_2"),
            layers.Flatten(name="flatten"),
            layers.Dense(128, activation="relu", name="features"),  # which shapes go together
            layers.Dense(10, activation="softmax", name="probabilities"),
        ],
        name="classic",
    )
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return network
