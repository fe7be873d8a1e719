"""Which model reads."""

from PySide6.QtWidgets import QComboBox

from digitpad.models import catalogue
from digitpad.models.model import Model


class ModelBox(QComboBox):
    """The models that there are, by their names; the data of each entry is its `Model`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Model")
        self.setToolTip("The model that reads")
        # As wide as there is room, however long a name is.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def fill(self, reading: Model) -> list[str]:
        """Offer the models that are there now.

        Args:
            reading: the one that reads; it is offered too where it is none of them.

        Returns:
            a sentence about each that can't be used.
        """
        installed = catalogue.installed()
        offered = list(installed.models.items())
        path = reading.path.resolve()
        if path not in (model.path.resolve() for _, model in offered):
            offered.append((reading.name, reading))
        self.clear()
        for name, model in offered:
            self.addItem(name, model)
            if model.path.resolve() == path:
                self.setCurrentIndex(self.count() - 1)
        return installed.notices
