"""The figures that say how well a model reads."""

import numpy as np
import pytest

from digitpad.training.data.datasets import Examples
from digitpad.training.evaluation import Evaluation, evaluate


@pytest.fixture
def evaluation():
    """Five examples, labelled 0 0 1 1 2 and read 0 1 1 2 2; the first mistake is the surer one."""
    probabilities = np.zeros((5, 11), np.float32)
    for row, (digit, share) in enumerate([(0, 0.9), (1, 0.8), (1, 0.7), (2, 0.6), (2, 1.0)]):
        probabilities[row, :10] = (1 - share) / 9
        probabilities[row, digit] = share
    return Evaluation(Examples(np.zeros((5, 28, 28), np.uint8), np.array([0, 0, 1, 1, 2], np.uint8)), probabilities)


def test_accuracy_is_the_share_read_right(evaluation):
    assert evaluation.accuracy == pytest.approx(0.6)
    assert evaluation.accuracy_per_digit == [0.5, 0.5, 1.0, *[None] * 7]


def test_the_confusion_matrix_counts_truth_by_row_and_reading_by_column(evaluation):
    assert evaluation.confusion[0, :3].tolist() == [1, 1, 0]
    assert evaluation.confusion[1, :3].tolist() == [0, 1, 1]
    assert evaluation.confusion.sum() == 5


def test_the_worst_mistakes_are_the_surest_ones(evaluation):
    assert evaluation.worst(10).tolist() == [1, 3]
    assert evaluation.worst(1).tolist() == [1]


def test_a_model_without_mistakes_has_no_worst_ones(evaluation):
    right = Evaluation(evaluation.examples[np.array([0, 2])], evaluation.probabilities[[0, 2]])
    assert right.worst(5).tolist() == []


def test_examples_are_read_in_batches_in_their_order(mnist):
    from digitpad import Recognizer

    evaluation = evaluate(Recognizer(model="classic").model, mnist.test[:1203])
    assert evaluation.probabilities.shape == (1203, 11)
    assert evaluation.accuracy > 0.98
