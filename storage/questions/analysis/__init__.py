"""The questions that Parley answers: one a file, pure functions over rows, never over a store."""
