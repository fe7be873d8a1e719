"""The network that the apps use: 418,000 weights and 7 million multiplications, few enough for any processor.

Six convolutions without pooling, each followed by batch normalization (Ioffe and Szegedy, 2015), two of them with
strides, as in Springenberg, Dosovitskiy, Brox and Riedmiller, "Striving for Simplicity: The All Convolutional Net"
(2014): only the first one works on all places, where a channel costs most, and the last one sees the whole glyph. An
eleventh output stands for what is no digit, learned from examples of it, as in Hendrycks, Mazeika and Dietterich,
"Deep Anomaly Detection with Outlier Exposure" (ICLR, 2019).
"""

import keras
from keras import layers

# Channels, window, and stride of each convolution, none padded.
CONVOLUTIONS = [
    (16, 3, 1),  # 26 × 26
    (32, 4, 2),  # 12 × 12
    (64, 3, 1),  # 10 × 10
    (64, 3, 1),  # 8 × 8
    (128, 4, 2),  # 3 × 3
    (192, 3, 1),  # the whole glyph
]
LEARNING_RATE = 3e-3
WARM_UP = 400  # steps until the full learning rate: batch normalization needs a while to know its means
AVERAGED = 300  # steps that the moving average of the weights spans


def build(steps: int) -> keras.Model:
    """The network, compiled for one-hot labels, the last for what is no digit, to be trained for that many steps."""
    glyph = keras.Input((28, 28, 1), name="glyph")
    network = keras.Model(glyph, told(glyph, CONVOLUTIONS), name="hands")
    # Smoothed labels (Szegedy et al., 2016) keep it from learning the few hands it sees by heart.
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.03)
    network.compile(optimizer=optimizer(steps), loss=loss, metrics=["accuracy"])
    return network


def told(seen: keras.KerasTensor, convolutions: list[tuple[int, int, int]]) -> keras.KerasTensor:
    """The probabilities of eleven things that may be seen.

    Args:
        seen: float32 (n, height, width, channels).
        convolutions: channels, window, and stride of each, none padded.
    """
    x = seen
    for number, (width, side, stride) in enumerate(convolutions, start=1):
        # No bias: the normalization that follows has one.
        x = layers.Conv2D(width, side, stride, use_bias=False, name=f"convolution_{number}")(x)
        x = layers.BatchNormalization(momentum=0.95, name=f"normalization_{number}")(x)
        x = layers.ReLU(name=f"relu_{number}")(x)
    x = layers.Flatten(name="features")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    return layers.Dense(11, activation="softmax", name="probabilities")(x)


def optimizer(steps: int) -> keras.Optimizer:
    """How the weights are changed in so many steps.

    Decoupled weight decay (Loshchilov and Hutter, 2019) under a cosine; at the end the weights are their own moving
    average, which reads better than the last ones do.
    """
    warm_up, averaged = min(WARM_UP, steps // 10), min(AVERAGED, max(2, steps // 20))
    rate = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / 30, max(1, steps - warm_up), alpha=0.005, warmup_target=LEARNING_RATE, warmup_steps=warm_up
    )
    return keras.optimizers.AdamW(rate, weight_decay=0.04, use_ema=True, ema_momentum=1 - 1 / averaged)
