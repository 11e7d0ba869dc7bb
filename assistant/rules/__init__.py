"""The rules of the five guidelines that can be computed: exact, explained, cited."""

from assistant.rules.computation import Computation, Outcome
from assistant.rules.engine import compute
from assistant.rules.registry import Rule, all_rules

__all__ = ["Computation", "Outcome", "Rule", "all_rules", "compute"]
