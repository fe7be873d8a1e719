"""The network that the apps use: 627,035 weights, small enough to read a glyph in a sixth of a millisecond.

Seven convolutions without pooling, each followed by batch normalization (Ioffe and Szegedy, 2015), then the average
over all places (Lin, Chen and Yan, "Network in Network", 2014). So do An, Lee, Park, Yang and So, "An Ensemble of
Simple Convolutional Neural Network Models for MNIST Digit Recognition" (2020), with more layers; strides let most of
the weights work on few places here, once the first layers have looked at every one. An eleventh output stands for
what is no digit, learned from examples of it, as in Hendrycks, Mazeika and Dietterich, "Deep Anomaly Detection with
Outlier Exposure" (ICLR, 2019).
"""

import keras
from keras import layers

# Channels, window, stride and padding of each convolution. Those that work on many places are narrow: there a channel
# costs most.
CONVOLUTIONS = [
    (16, 3, 1, "valid"),  # 26 × 26
    (32, 3, 1, "valid"),  # 24 × 24
    (64, 3, 2, "same"),  # 12 × 12
    (80, 3, 1, "valid"),  # 10 × 10
    (128, 3, 2, "same"),  # 5 × 5
    (160, 3, 1, "same"),  # 5 × 5
    (192, 3, 1, "valid"),  # 3 × 3
]
LEARNING_RATE = 3e-3
WARM_UP = 400  # steps until the full learning rate: batch normalization needs a while to know its means
AVERAGED = 300  # steps that the moving average of the weights spans


def build(steps: int) -> keras.Model:
    """The network, compiled for one-hot labels, the last for what is no digit, to be trained for that many steps."""
    glyph = keras.Input((28, 28, 1), name="glyph")
    x = glyph
    for number, (width, side, stride, padding) in enumerate(CONVOLUTIONS, start=1):
        # No bias: the normalization that follows has one.
        x = layers.Conv2D(width, side, stride, padding, use_bias=False, name=f"convolution_{number}")(x)
        x = layers.BatchNormalization(momentum=0.95, name=f"normalization_{number}")(x)
        x = layers.ReLU(name=f"relu_{number}")(x)
    x = layers.GlobalAveragePooling2D(name="average")(x)
    x = layers.Dropout(0.3, name="dropout")(x)
    probabilities = layers.Dense(11, activation="softmax", name="probabilities")(x)
    network = keras.Model(glyph, probabilities, name="pen")
    # Decoupled weight decay (Loshchilov and Hutter, 2019) under a cosine; at the end the weights are their own moving
    # average, which reads better than the last ones do.
    warm_up, averaged = min(WARM_UP, steps // 10), min(AVERAGED, max(2, steps // 20))
    rate = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / 30, max(1, steps - warm_up), alpha=0.005, warmup_target=LEARNING_RATE, warmup_steps=warm_up
    )
    optimizer = keras.optimizers.AdamW(rate, weight_decay=0.04, use_ema=True, ema_momentum=1 - 1 / averaged)
    # Smoothed labels (Szegedy et al., 2016) keep it from learning the few hands it sees by heart.
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.03)
    network.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    return network
