"""The computed views as tables: one file a view, each in the registry once this is imported."""

from storage.tables import matrix, changes, zones  # isort: skip  # the order in which they are offered
from storage.tables.registry import COMPUTED_VIEWS, ComputedView, Moment

__all__ = ["COMPUTED_VIEWS", "ComputedView", "Moment"]
__all__ += ["changes", "matrix", "zones"]
