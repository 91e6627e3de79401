"""Which panes are in sight, given the size of the terminal and what the user asked for."""

from typing import Final, NamedTuple

from tui.panes.by_name import LEFT, is_computed

NARROW: Final = 76
"""Below this width one pane is shown at a time."""
ROOMY: Final = 110
"""Below this width computed views take all of it."""
WIDE: Final = 150
"""From this width on the detail stands at the right of the main pane."""
TALL: Final = 30
"""From this height on the detail stands under the main pane."""
LEAST_WIDTH: Final = 60
LEAST_HEIGHT: Final = 15


class Sight(NamedTuple):
    """The size, the pane at the right, the pane with the focus, and whether that has the screen for itself."""

    width: int
    height: int
    main: str
    current: str
    zoomed: bool

    @property
    def too_small(self) -> bool:
        """True when nothing useful can be shown."""
        return self.width < LEAST_WIDTH or self.height < LEAST_HEIGHT

    @property
    def alone(self) -> bool:
        """True when only the current pane is shown."""
        return self.zoomed or self.width < NARROW

    @property
    def wide(self) -> bool:
        """True when the detail stands beside the main pane, not under it."""
        return self.width >= WIDE

    @property
    def left(self) -> bool:
        """True when the panes that scope are shown."""
        if self.alone:
            return self.current in LEFT
        return not is_computed(self.main) or self.width >= ROOMY

    @property
    def right(self) -> bool:
        """True when the main pane or the detail is shown."""
        return not self.alone or self.current not in LEFT

    def shows(self, name: str) -> bool:
        """True when this pane is shown."""
        if self.alone:
            return name == self.current
        if name in LEFT:
            return self.left
        return name == self.main or (name == "detail" and (self.wide or self.height >= TALL))
