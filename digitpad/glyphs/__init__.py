"""From an array to what was drawn on it, and from that to the 28 × 28 pixels that a network reads."""
