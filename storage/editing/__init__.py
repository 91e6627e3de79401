"""A change: checked, made together with what follows from it, put into the log, taken back."""
