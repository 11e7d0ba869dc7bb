"""From a question to an answer in which every statement carries its citation."""
