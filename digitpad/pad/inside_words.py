"""What the apps call the parts of *Inside* and what is done there, the same words in the same order in both."""

from digitpad.pad.words import NO_DIGIT, percent

INSIDE = "Inside"
WHAT_IT_IS = "What the network makes of your drawing, layer by layer. Draw, and watch; point at a map for its story."

# Above all of it
READ_BY, BESIDE, NOTHING_BESIDE = "Read by", "Beside it", "Nothing"
ALL_ON, TIP_ALL_ON = "All on", "Switch on again all maps that were switched off"
PRESENTATION, TIP_PRESENTATION = "Presentation", "Large, without controls, for a wall; Esc leaves it"
LEAVE = "Leave"
WITHOUT_LESSONS = (
    "You taught what this drawing is. Inside shows the network as it is without your lessons, and its own answer."
)

# The parts, in their order
GLYPH_NAME, GLYPH_HEADING = "glyph", "glyph · 28 × 28 pixels"
STEPS = "From the drawing to the glyph"
LAYERS = "Layer by layer"
ONE_MAP = "One map"
EVIDENCE = "Evidence"
WHY = "Why"
NEIGHBOURS = "Neighbours"

POINT_AT_ONE = "Point at a map, with the mouse or the arrow keys, to see how it comes about."
SWITCH_OFF, SWITCH_ON = "Switch this map off", "Switch it on again"
LISTENS_TO = "It listens most to"
EVIDENCE_FOR = "Evidence for"
RATHER_THAN, NO_OTHER = "Rather than", "Nothing"
METHOD = "Method"
WHAT_NEIGHBOURS_ARE = (
    "Digits that others wrote, of a few hundred: those of which the network makes nearly the same in its last layer "
    "but one."
)
CAN_IT_LIE = "Can such a picture lie?"
DRAW_FIRST = "Draw a digit first."

# Words of the glossary that stand below each part
MAP_WORDS = ("map", "kernel", "bias", "ReLU", "convolution", "pooling")
EVIDENCE_WORDS = ("evidence", "unit", "logit", "softmax")
WHY_WORDS = ("occlusion", "integrated gradients", "sanity check")
NEIGHBOUR_WORDS = ("embedding", "unit")


def counted_off(off: int) -> str:
    """How many maps are switched off; nothing where all are on."""
    return f"{off} map{'' if off == 1 else 's'} switched off" if off else ""


def number(value: float) -> str:
    """A value where many stand beside each other: two places, fewer than in a formula, and a minus that is one."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")


def called(channel: int, has_maps: bool) -> str:
    """A map or a unit by its number, from 0; people count from 1."""
    return f"{'map' if has_maps else 'unit'} {channel + 1}"


def signed(value: float) -> str:
    """A part of a sum, with its sign."""
    said = number(value)
    return said if said.startswith("\N{MINUS SIGN}") else f"+{said}"


def and_more(count: int, has_maps: bool) -> str:
    """What stands for those that are not shown one by one."""
    return f"{count} more {'map' if has_maps else 'unit'}{'' if count == 1 else 's'}"


BIAS, SUM = "bias", "sum"
WHAT_EVIDENCE_IS = (
    "Each unit of the last layer speaks for a digit, in blue, or against it, in orange. Of the sums softmax makes "
    "probabilities."
)


def digit_name(output: int) -> str:
    """What an output of the network stands for: the digit, or that it is none."""
    return str(output) if output < 10 else NO_DIGIT


def value_of_answer(value: float, is_probability: bool) -> str:
    """A number of the last layers, a sum or a probability; short, for eleven of them stand beside each other."""
    if is_probability:
        return percent(value).replace(" ", "\N{THIN SPACE}")
    return f"{round(value, 1) + 0.0:.1f}".replace("-", "\N{MINUS SIGN}")


def layers_of(model: str) -> str:
    """What the picture of all layers is called."""
    return f"Layers of {model}"
