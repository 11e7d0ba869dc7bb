"""How we know that the answers are right, and what they cost."""
