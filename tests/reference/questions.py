"""Every question that the reference answers, by the name of its view."""

from tests.reference.changes import changes
from tests.reference.commitments import commitments
from tests.reference.evidence import evidence
from tests.reference.ledger import ledger
from tests.reference.matrix import matrix
from tests.reference.rejections import rejections
from tests.reference.timeline import timeline
from tests.reference.will import will
from tests.reference.zones import zones

BETWEEN_ROUNDS = {"matrix": matrix, "changes": changes}
"""Asked as of a round and since another."""

AS_OF = {"zones": zones, "rejections": rejections, "will": will, "ledger": ledger}
"""Asked as of a round."""

ON_A_DAY = {"commitments": commitments}

WHOLE = {"timeline": timeline, "evidence": evidence}
"""Asked of everything that is recorded."""
