"""The command `digitpad`: reading pictures, and choosing who reads, at a terminal."""
