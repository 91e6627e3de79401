"""The computed views as tables: one file a view, each in the registry once this is imported."""

from storage.questions.tables import matrix, changes, zones, commitments, timeline  # isort: skip  # the order in which they
from storage.questions.tables import evidence, rejections, will, ledger  # isort: skip  # are offered
from storage.questions.tables.registry import COMPUTED_VIEWS, ComputedView, Moment

__all__ = ["COMPUTED_VIEWS", "ComputedView", "Moment"]
__all__ += ["changes", "commitments", "evidence", "ledger", "matrix", "rejections", "timeline", "will", "zones"]
