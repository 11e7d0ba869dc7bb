"""From the edition's files to an index that can be searched."""
