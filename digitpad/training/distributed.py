"""One training by several processes: each learns from a part of every batch, and their gradients are added up.

Keras' own `fit` can't do it with TensorFlow's MultiWorkerMirroredStrategy
(https://github.com/keras-team/keras/issues/20585), so the loop is ours; the strategy, the network, its loss and its
optimizer are theirs. Synchronous descent on parts of each batch, as in Goyal et al., "Accurate, Large Minibatch SGD:
Training ImageNet in 1 Hour" (2017).
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitpad.ending import ending_at_once
from digitpad.errors import RunError
from digitpad.training import state
from digitpad.training.callbacks import Progress, Saving
from digitpad.training.fitting import ShuffledBatches, resumed
from digitpad.training.run import forget_progress
from digitpad.training.workers import Workers

# What TensorFlow raises where another process can't be reached (any more).
LOST = (
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
    tf.errors.InternalError,
    tf.errors.UnavailableError,
)
Values = tuple[Any, ...]
AT_ONCE = 1000  # glyphs that are measured with at once


class Group:
    """The workers as they train: in each of them one replica of the network, or one on each of its GPUs.

    It is made before TensorFlow computes anything, in the main thread, and waits until all are there.

    Args:
        workers: all of them, and which this is.

    Attributes:
        replicas: how many there are in all workers.

    Raises:
        RunError: this one's port can't be used, or the others can't be reached.
    """

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
            tf.train.ClusterSpec({"worker": list(workers.addresses)}),
            task_type="worker",
            task_id=workers.index,
            rpc_layer="grpc",
        )
        tf.get_logger().setLevel("ERROR")  # it warns of each new size of a batch
        waiting = f"Waiting for {len(workers.addresses)} workers: {', '.join(workers.addresses)}"
        print(f"{waiting}. Ctrl-C ends it, and nothing is lost …", flush=True)
        try:
            with ending_at_once():
                self._strategy = tf.distribute.MultiWorkerMirroredStrategy(cluster_resolver=resolver)
        except (*LOST, tf.errors.UnknownError, tf.errors.InvalidArgumentError) as error:
            here = workers.addresses[workers.index]
            raise RunError(
                f"Worker {workers.index} can't begin at {here}: its port may be taken, or another worker not be "
                "there. Look whether the addresses are right and all are started, then start all of them again."
            ) from error
        self.replicas: int = self._strategy.num_replicas_in_sync
        self._total = self.each(total)

    def built(self, build: Callable[[], keras.Model]) -> keras.Model:
        """A network that is the same in all workers."""
        with self._strategy.scope():
            network = build()
            network.optimizer.build(network.trainable_variables)
        return network

    def each(self, work: Callable[..., tf.Tensor]) -> Callable[[Callable[[int], Values]], NDArray[Any]]:
        """A function that does something in every replica.

        Args:
            work: what is done; what it returns is the same in all, and is what the function returns.

        Returns:
            it takes a function that gives the arguments of `work`, one or more, by the number of a replica of this
            worker.
        """

        @tf.function(reduce_retracing=True)  # type: ignore[untyped-decorator]  # TensorFlow has no types
        def in_all(values: Any) -> Any:
            return self._strategy.run(work, args=values)

        def do(given: Callable[[int], Values]) -> NDArray[Any]:
            values = self._strategy.experimental_distribute_values_from_function(
                lambda context: given(context.replica_id_in_sync_group)
            )
            got: NDArray[Any] = self._strategy.experimental_local_results(in_all(values))[0].numpy()
            return got

        return do

    def of_chief(self, values: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """What the chief has, where all have as much: arrays of the same shapes and dtypes."""
        # As float64, which holds each number of theirs as it is; the others add nothing to it.
        flat = np.concatenate([value.ravel().astype(np.float64) for value in values])
        nothing = np.zeros_like(flat)
        told = self._total(lambda number: (nothing if number else flat,))
        parts = np.split(told, np.cumsum([value.size for value in values])[:-1])
        return [part.astype(value.dtype).reshape(value.shape) for part, value in zip(parts, values, strict=True)]

    def agree(self, content: bytes, otherwise: str) -> None:
        """Go on only where all have the same.

        Raises:
            RunError: one of them has something else, with the sentence that says so.
        """
        digest = np.frombuffer(hashlib.sha256(content).digest(), np.uint8)
        differs = np.array([not np.array_equal(self.of_chief([digest])[0], digest)], np.float64)
        if self._total(lambda _: (differs,)).any():
            raise RunError(otherwise)


def total(value: tf.Tensor) -> tf.Tensor:
    """The sum over all replicas, in each of them."""
    here = tf.identity(value)  # the strategy asks on which device it is
    return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, here)


def fit(
    network: keras.Model,
    batches: ShuffledBatches,
    validation: tuple[NDArray[np.float32], NDArray[Any]],
    folder: Path | None,
    epochs: int,
    group: Group,
) -> None:
    """Train a network as `digitpad.training.fitting.fit` does, together with the other workers.

    Args:
        network: as `Group.built` gave it.
        batches: what to learn from, the same in all workers.
        validation: what to measure with after every epoch, and its labels.
        folder: the run's, of the chief; None for the others, who get from it what the run has come to so far.
        epochs: how many epochs in all, those already done counted in.
        group: all workers.

    Raises:
        RunError: another worker has ended, or has other weights.
        OSError: the state or the history can't be written.
    """
    steps = len(batches) - (batches.size(len(batches) - 1) < group.replicas)
    if not steps:
        raise RunError(
            f"There are not enough examples in a batch for {group.replicas} replicas: name a larger batch."
        )
    done, history = resumed(network, folder) if folder else (0, "")  # the others hear of it from the chief
    try:
        begun = _as_chief(network, done, group)
        progress = Progress(folder, epochs, steps, begun)
        callbacks = [progress, Saving(folder, history)] if folder else [progress]
        _learn_all(network, batches, validation, range(begun, epochs), steps, group, callbacks)
    except LOST as error:
        raise RunError(
            "Another worker has ended, or can't be reached any more. What the chief has kept is safe: start all of "
            "them again, the chief with --resume and its folder."
        ) from error
    finally:
        if folder:
            forget_progress(folder)


def _as_chief(network: keras.Model, done: int, group: Group) -> int:
    """Bring a network to where the chief's is; how many epochs are finished."""
    kept = state.variables(network)
    (begun,), *values = group.of_chief([np.array([done]), *map(keras.ops.convert_to_numpy, kept)])
    for variable, value in zip(kept, values, strict=True):
        variable.assign(value)
    return int(begun)


def _learn_all(
    network: keras.Model,
    batches: ShuffledBatches,
    validation: tuple[NDArray[np.float32], NDArray[Any]],
    epochs: range,
    steps: int,
    group: Group,
    callbacks: list[keras.callbacks.Callback],
) -> None:
    """All epochs that are left, told of to the callbacks as Keras' own loop does."""
    told = keras.callbacks.CallbackList(callbacks, model=network)
    learn = group.each(partial(_learn, network, group.replicas))
    measure = group.each(partial(_measure, network, group.replicas))
    even_out = group.each(partial(_even_out, network))
    told.on_train_begin()
    try:
        for epoch in epochs:
            batches.shuffle(epoch)
            told.on_epoch_begin(epoch)
            found = np.zeros(3)
            for step in range(steps):
                found += learn(partial(_part, batches, step, group.replicas))
                told.on_train_batch_end(step, _logs(found))
            even_out(lambda _: (0,))
            measured = _logs(sum(map(measure, _parts(validation, group.replicas)), np.zeros(3)))
            group.agree(weights_of(network), "The workers have come to different weights: start all of them again.")
            told.on_epoch_end(epoch, {**_logs(found), **{f"val_{name}": measured[name] for name in measured}})
        # As in Keras' own loop: some optimizers end with an average of the weights.
        network.optimizer.finalize_variable_values(network.trainable_variables)
    finally:
        told.on_train_end()


def weights_of(network: keras.Model) -> bytes:
    """All weights, one after the other: equal in all workers."""
    return b"".join(keras.ops.convert_to_numpy(weight).tobytes() for weight in network.weights)


def _part(batches: ShuffledBatches, step: int, replicas: int, number: int) -> Values:
    """What a replica learns from in a step, and how much that is of all that is learned from in it."""
    glyphs, labels = batches.part(step, number, replicas)
    return glyphs, labels, np.float32(len(glyphs) / batches.size(step))


def _learn(network: keras.Model, replicas: int, glyphs: tf.Tensor, labels: tf.Tensor, share: tf.Tensor) -> tf.Tensor:
    """One step of a replica: the summed loss, how many were right, and of how many, over all replicas."""
    with tf.GradientTape() as tape:
        probabilities = network(glyphs, training=True)
        # The mean over this replica's part; Keras has divided it by the number of replicas, as if all had as many.
        loss = network.compute_loss(glyphs, labels, probabilities) * share * replicas
    weights = network.trainable_variables
    network.optimizer.apply(tape.gradient(loss, [weight.value for weight in weights]), weights)  # it adds up all
    rows = tf.cast(tf.shape(glyphs)[0], tf.float32)
    return total(tf.stack([loss * rows / share, _right(probabilities, labels), rows]))


def _even_out(network: keras.Model, _: tf.Tensor) -> tf.Tensor:
    """Give all replicas the mean of what each knows from its own parts alone: batch normalization's means."""
    replicas = tf.distribute.get_replica_context().num_replicas_in_sync
    for variable in network.non_trainable_variables:
        if variable.dtype == "float32":
            variable.assign(total(variable.value) / replicas)
    return tf.constant(0)


def _parts(validation: tuple[NDArray[np.float32], NDArray[Any]], replicas: int) -> Iterator[Callable[[int], Values]]:
    """What each replica measures with, in steps that fit into memory."""
    glyphs, labels = (np.array_split(each, replicas) for each in validation)
    for start in range(0, len(glyphs[0]), AT_ONCE):
        yield partial(_rows, glyphs, labels, slice(start, start + AT_ONCE))


def _rows(glyphs: list[NDArray[Any]], labels: list[NDArray[Any]], rows: slice, number: int) -> Values:
    return glyphs[number][rows], labels[number][rows]


def _measure(network: keras.Model, replicas: int, glyphs: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """The summed loss, how many were right, and of how many, over all replicas; nothing is learned."""
    probabilities = network(glyphs, training=False)
    rows = tf.cast(tf.shape(glyphs)[0], tf.float32)
    loss = network.compute_loss(glyphs, labels, probabilities) * replicas  # of no rows it is no number
    return total(tf.stack([tf.math.multiply_no_nan(loss, rows), _right(probabilities, labels), rows]))


def _right(probabilities: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    wanted = tf.argmax(labels, axis=1) if labels.shape.rank == 2 else tf.cast(labels, tf.int64)
    return tf.reduce_sum(tf.cast(tf.argmax(probabilities, axis=1) == wanted, tf.float32))


def _logs(found: NDArray[np.float64]) -> dict[str, float]:
    """As Keras' own loop calls them."""
    loss, right, rows = map(float, found)
    return {"loss": loss / rows, "accuracy": right / rows}
