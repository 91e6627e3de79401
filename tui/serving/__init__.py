"""The screen in a browser on the same machine; loaded by `parley serve` alone."""
