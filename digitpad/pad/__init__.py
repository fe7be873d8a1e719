"""One person's pad without a screen: what is drawn, what was read, and the words for it."""
