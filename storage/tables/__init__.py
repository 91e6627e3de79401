"""The computed views as tables: one file a view, each in the registry once this is imported."""

# isort: off  # in the order in which they are offered
from storage.tables import matrix, changes, zones, commitments, timeline, evidence, rejections, will, ledger
# isort: on
from storage.tables.registry import COMPUTED_VIEWS, ComputedView, Moment

__all__ = ["COMPUTED_VIEWS", "ComputedView", "Moment"]
__all__ += ["changes", "commitments", "evidence", "ledger", "matrix", "rejections", "timeline", "will", "zones"]
