"""TRIAGE, learning: what an installation teaches the reading by correcting it.

In come people's words on readings, of platforms where learning is allowed; out goes a light head: what to add to the
model's logits, worked out from the mention's embedding. Each attempt passes a gate before it is used, is kept with its
figures, and can be taken back. It never learns from X, never sees who wrote a text, and never changes the model.
"""

from triage.learning.learned import Learned
from triage.learning.store import load_active

__all__ = ["Learned", "load_active"]
