"""The words of the field that the apps use, each explained to one who meets it for the first time."""

from collections.abc import Sequence

GLOSSARY_TITLE = "Glossary"
GLOSSARY_MEANING = "The words of this field, each in a sentence or two."
WORDS = "What the words mean"

GLOSSARY = {
    "accuracy": "The share of all digits that were read right: 99 % is one mistake in a hundred.",
    "activation": (
        "What a unit passes on: the sum of its inputs after a simple function such as ReLU. 0 means that the "
        "unit keeps silent."
    ),
    "batch": "The few examples that the network looks at before it changes its weights once.",
    "batch normalization": (
        "Shifts and scales what a layer gives so that it stays in a like range. It makes learning faster; "
        "afterwards it is no more than a part of the layer before."
    ),
    "bias": "A learned number that is added to a sum: it says how easily a unit speaks up.",
    "calibration": "Whether confidence can be believed: of all readings that are 80 % sure, 80 % should be right.",
    "channel": (
        "One of the pictures that make up a layer. A convolution has as many as it has kernels; each has one map."
    ),
    "confidence": "How sure the network is of the digit that it reads, as a probability. It can be sure and wrong.",
    "confusion matrix": (
        "A table of which digit was read as which: a row for each true digit, a column for each that was "
        "read. What is read right stands on the diagonal."
    ),
    "convolution": (
        "A layer that slides small kernels across the picture and marks where each of them fits: edges at "
        "first, then bends and loops."
    ),
    "dense layer": "A layer in which each unit sees everything that the layer before gives, with a weight for each.",
    "dropout": (
        "While the network learns, some units are silenced by chance, so that it does not rely on any one of "
        "them. When it reads, all of them work."
    ),
    "embedding": (
        "The numbers before the last layer: a short description of the digit. Digits that look alike to the "
        "network have embeddings that lie close together."
    ),
    "epoch": "Once through all that the network learns from. It takes several until it has learned enough.",
    "evidence": (
        "How much each unit of the layer before speaks for a digit: its value times its weight. With the bias"
        " it adds up to the digit's logit."
    ),
    "flatten": (
        "Writes all maps one after the other into a single row of numbers, for a dense layer. Nothing is computed."
    ),
    "glyph": (
        "What the network really gets: one digit, brought to one stroke width and into the middle of 28 × 28 pixels."
    ),
    "hand": (
        "How one person writes, as it was learned from what they corrected. It helps the network to read them, "
        "and changes none of its weights."
    ),
    "ink": "The part of a picture that was drawn, without paper, shade and lines.",
    "integrated gradients": (
        "A way to say which pixels a reading came from: it turns the digit up from nothing and adds up how "
        "much each pixel changes the answer on the way."
    ),
    "kernel": (
        "A small grid of learned weights, 3 × 3 say, that a convolution lays on every place of the picture. "
        "It answers strongly where the picture looks like the kernel."
    ),
    "layer": "A step of the network: it takes the numbers of the step before and gives new ones.",
    "lesson": (
        "A correction: a glyph, and what a person says it is. What is much like it is read so from then on, at once."
    ),
    "logit": (
        "What the last layer gives for each digit before softmax makes probabilities of it. It may be any number."
    ),
    "loss": (
        "A number for how wrong the network is while it learns: confident mistakes cost the most. Learning "
        "means making it smaller."
    ),
    "map": "What a kernel finds, as a picture: bright where the kernel fits, dark where it does not.",
    "MNIST": (
        "70,000 digits from forms that Americans filled in, scanned and framed; a standard since 1998. Of "
        "10,000 of them no network may learn: they are the test."
    ),
    "model": "A network together with what it has learned, its weights.",
    "network": (
        "Layers one after the other, which make probabilities of a picture. It is the recipe; what it learns "
        "are the weights."
    ),
    "no digit": (
        "The eleventh answer of a network that has also seen letters and scribbles: what is drawn is no digit at all."
    ),
    "occlusion": (
        "A way to say why: cover a small piece of the drawing and look how the answer changes. Where it "
        "changes most, the network looked."
    ),
    "overfitting": (
        "Learning examples by heart instead of what they have in common: better and better in training, worse"
        " on digits that are new."
    ),
    "padding": "An empty margin around a picture, so that a kernel can also lie on its edge.",
    "pooling": (
        "Makes maps smaller: of every 2 × 2 pixels only the largest is kept. A stroke may then lie a little "
        "further left or right."
    ),
    "probability": "A share between 0 and 100 %. Those of all digits, and of no digit, add up to 100 %.",
    "quantization": (
        "Keeping each weight as one of 256 steps instead of a finer number: the file is a quarter as large, "
        "and reads nearly the same."
    ),
    "ReLU": (
        "Keeps a number that is greater than 0 and makes all others 0. Without such a bend many layers could "
        "do no more than one."
    ),
    "sanity check": (
        "A test whether an explanation depends on the network at all: with shuffled weights it must look different."
    ),
    "seed": "The number that chance begins with. The same seed gives the same model, on the same machine.",
    "softmax": (
        "Turns the last layer's numbers into probabilities: all become greater than 0 and add up to 100 %, "
        "and the largest gains the most."
    ),
    "stride": "How many pixels a kernel moves at a time: with 2 the map is half as wide and half as high.",
    "temperature": (
        "A number by which the last layer's values are divided after training, so that the network is as sure"
        " as it is right."
    ),
    "test digits": (
        "Digits that nobody learned from or chose by, kept for the last figure. Only they tell how well a "
        "model reads what is new."
    ),
    "training": (
        "Showing the network many examples and changing its weights a little after each batch, so that the "
        "loss falls."
    ),
    "unit": (
        "One number of a layer and how it comes about: inputs times weights, added up, and a bias. Also "
        "called a neuron."
    ),
    "validation": (
        "Digits that are held back during training, to see whether the network reads what it did not learn from."
    ),
    "weight": (
        "A number that was learned: how much an input counts, for or against. A network is its layers and its"
        " weights."
    ),
}

_BY_LOWER = {word.lower(): word for word in GLOSSARY}


def explained(word: str) -> str:
    """What a word means, in a sentence or two.

    Args:
        word: one of GLOSSARY, in capitals or not.

    Raises:
        KeyError: it is none of these.
    """
    return GLOSSARY[_BY_LOWER[word.lower()]]


def entries(words: Sequence[str] = tuple(GLOSSARY)) -> list[tuple[str, str]]:
    """Words with their explanations, in the order in which they were given; all of them, by the alphabet, without."""
    return [(_BY_LOWER[word.lower()], explained(word)) for word in words]
