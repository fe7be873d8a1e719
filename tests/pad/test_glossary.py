"""The glossary explains the field's words to one who meets them for the first time."""

import re

import pytest

from digitpad.pad.glossary import GLOSSARY, entries, explained


def test_every_word_is_explained_in_a_sentence_or_two():
    for word, text in GLOSSARY.items():
        assert text.endswith("."), word
        assert 1 <= len(re.findall(r"[.:] ?", text)) <= 3, word
        assert len(text) <= 180, word


def test_the_list_is_in_the_order_of_the_alphabet():
    assert [word for word, _ in entries()] == sorted(GLOSSARY, key=str.lower)


@pytest.mark.parametrize("word", ["relu", "ReLU", "RELU"])
def test_a_word_is_found_however_it_is_written(word):
    assert explained(word) == GLOSSARY["ReLU"]
    assert entries([word]) == [("ReLU", GLOSSARY["ReLU"])]


def test_a_word_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        explained("backpropagation")


@pytest.mark.parametrize(
    "word",
    [
        "epoch",
        "convolution",
        "kernel",
        "map",
        "ReLU",
        "pooling",
        "softmax",
        "confidence",
        "calibration",
        "embedding",
        "occlusion",
    ],
)
def test_the_words_of_a_lesson_are_there(word):
    assert explained(word)
