"""The yearly report and the whole-period evaluation: one model, several printers."""
