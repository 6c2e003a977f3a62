"""Figures of earlier years, out of a table of somebody else's making."""
