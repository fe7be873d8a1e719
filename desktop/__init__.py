"""The desktop pad, `digitpad-desktop`."""
