"""Sequential colours: from pale to dark, so that they hold in grey and for colour-blind readers."""

import matplotlib as mpl
import numpy as np
from matplotlib.colors import to_hex, to_rgb

from analysis.figures.style import INK, PAPER

WARM, COOL = "YlOrBr", "PuBu"
"""Scales of ColorBrewer for the two quantities of a picture."""


def steps(scale: str, number: int) -> list[str]:
    """Return colours for `number` ordered classes; the palest cannot be taken for blank paper."""
    return [to_hex(mpl.colormaps[scale](share)) for share in np.linspace(0.2, 1.0, number)]


def shade(scale: str, share: float) -> str:
    """Return the colour of a cell that holds `share`, 0 to 1, of the largest."""
    return to_hex(mpl.colormaps[scale](0.05 + 0.8 * share))


def ink_on(colour: str) -> str:
    """Return the colour of text on a ground: dark on pale, white on dark (WCAG's luminance)."""
    linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04 else c / 12.92 for c in to_rgb(colour)]
    luminance = float(np.dot((0.2126, 0.7152, 0.0722), linear))
    return INK if luminance > 0.2 else PAPER
