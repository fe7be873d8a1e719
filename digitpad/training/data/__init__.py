"""What networks learn from: where it is found, and the glyphs that are made of it."""
