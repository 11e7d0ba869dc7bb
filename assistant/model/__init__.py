"""A language model may word an answer better or find more; what it says is checked first."""
