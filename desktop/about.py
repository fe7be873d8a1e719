"""What digitpad is, which version, and under which licences."""

import PySide6
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad import __version__
from digitpad.files import ICON

TEXT = f"""<h3>digitpad {__version__}</h3>
<p>Reads the digits that you draw, with a small convolutional network, on this computer alone.</p>
<p>digitpad is free software under the MIT licence. It is built on Qt and PySide {PySide6.__version__} (LGPL 3),
LiteRT and OpenCV (Apache 2.0), NumPy (BSD) and Pillow (MIT-CMU).</p>
<p>Its networks learned from MNIST (LeCun, Cortes and Burges, CC BY-SA 3.0), pen digits (Alpaydin and Alimoglu,
CC BY 4.0), UNIPEN (Guyon, Schomaker, Plamondon, Liberman and Janet, CC BY 4.0) and symbols from Omniglot (Lake,
Salakhutdinov and Tenenbaum, MIT).</p>"""


def show_about(parent: QWidget) -> None:
    """Show it, until it is closed."""
    box = QMessageBox(parent)
    box.setWindowTitle("About digitpad")
    box.setIconPixmap(QIcon(str(ICON)).pixmap(64, 64))
    box.setText(TEXT)
    box.exec()
