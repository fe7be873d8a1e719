"""One of the workers of a training on little data, as a program of its own: INDEX ADDRESSES OUT EPOCHS [hands].

OUT is the chief's folder, and "-" for the others. `classic` is trained as a person would train it. With `hands`,
a few of MNIST's glyphs, distorted, are learned by it before: its own mixture takes minutes to draw.
"""

import hashlib
import sys
from pathlib import Path

from digitpad.ending import run_script


def main() -> int:
    """Train; the exit status says how it went."""
    index, addresses, out, epochs, *others = sys.argv[1:]

    def load():
        from digitpad.training import run
        from digitpad.training.data.datasets import Mnist, load_mnist
        from digitpad.training.distributed import Group
        from digitpad.training.training import help_to_train, train
        from digitpad.training.workers import workers_of

        group = Group(workers_of(addresses, int(index)))
        mnist = load_mnist()
        little = Mnist(train=mnist.train[-6000:], test=mnist.test[:500], source=mnist.source)
        settings = run.Settings(epochs=int(epochs), batch_size=64, seed=5)

        def work() -> int:
            if others:
                learn_distorted(little, group)
            if out == "-":
                help_to_train(settings, little, group)
            else:
                if not (Path(out) / run.SETTINGS_FILE).exists():
                    run.start(Path(out), settings)
                train(settings, little, Path(out), group=group)
            return 0

        return work

    return run_script("worker.py", load)


def learn_distorted(mnist, group) -> None:
    """Train `hands` for a moment, and say what its weights are."""
    from functools import partial

    import keras

    from digitpad.glyphs.glyph import network_input
    from digitpad.training import distributed, networks
    from digitpad.training.fitting import ShuffledBatches

    keras.utils.set_random_seed(1)
    batches = ShuffledBatches(mnist.train[:150], 64, seed=1, distorted=True, epochs=2, classes=11)
    held_out = mnist.train[150:251]
    network = group.built(partial(networks.build, "hands", 2 * len(batches)))
    distributed.fit(network, batches, (network_input(held_out.glyphs), batches.labels(held_out)), None, 2, group)
    print(f"hands: {hashlib.sha256(distributed.weights_of(network)).hexdigest()}")


if __name__ == "__main__":
    sys.exit(main())
