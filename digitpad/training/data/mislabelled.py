"""Digits of UNIPEN that are not what their label says: seen among those that a network was surest are wrong."""

from digitpad.training.data.unipen import Character

# The site and file, and the place of the digit among the file's, with what is to be seen there.
MISLABELLED: dict[tuple[str, int], str] = {
    ("apb/apb09/app0906.dat", 3): "a 9 to anybody",  # labelled 4
    ("apb/apb12/app1229.dat", 4): "a 6",  # labelled 8
    ("apb/apb13/app1358.dat", 7): "a 4 to anybody",  # labelled 7
    ("ced/aaaa9018_s_2h.dat", 12): "a 7 with an equals sign",  # labelled 7
    ("ced/ayml3525_s_0k.dat", 38): "a per cent sign",  # labelled 8
    ("ced/ayml3525_s_0k.dat", 39): "a bracket",  # labelled 2
    ("ced/flad4341_s_jh.dat", 17): "a 0",  # labelled 8
    ("ced/flad4341_s_jh.dat", 19): "a bracket or a 1",  # labelled 0
    ("ced/gyen4328_s_2c.dat", 32): "a 4 with a dot",  # labelled 4
    ("ced/hrts4205_s_i8.dat", 34): "a 9 to anybody",  # labelled 7
    ("ced/racy0978_s_0l.dat", 41): "a P",  # labelled 7
    ("ced/sibi4900_s_j3.dat", 20): "a hook",  # labelled 0
    ("syn/syn1/jcp-dig11.dat", 221): "an e",  # labelled 0
    ("syn/syn1/jcp-dig11.dat", 249): "a 7",  # labelled 9
    ("syn/syn1/jcp-dig11.dat", 279): "a 9",  # labelled 0
    ("syn/syn1/jcp-dig11.dat", 349): "a 6",  # labelled 0
    ("syn/syn1/jcp-dig11.dat", 420): "a roof alone",  # labelled 5
    ("syn/syn1/jcp-dig11.dat", 423): "a 7",  # labelled 9
    ("syn/syn1/rkt-dig19.dat", 99): "a 6 to anybody",  # labelled 0
    ("syn/syn1/rkt-dig19.dat", 154): "a 6 to anybody",  # labelled 0
    ("syn/syn1/tds-dig21.dat", 16): "a 2 to anybody",  # labelled 7
    ("syn/syn1/tds-dig21.dat", 244): "a 4 to anybody",  # labelled 6
    ("syn/syn1/tds-dig21.dat", 295): "a 2 to anybody",  # labelled 7
    ("syn/syn1/tds-dig21.dat", 422): "a 2 to anybody",  # labelled 7
    ("tos/f1/f1013066.dat", 4): "a tick",  # labelled 5
}


def is_mislabelled(one: Character) -> bool:
    """Whether a digit's label is wrong, or its strokes are not all of it or more than it."""
    return (f"{one.site}/{one.file}", one.place) in MISLABELLED
