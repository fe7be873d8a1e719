"""How well models read, how fast digitpad is, side by side with others."""
