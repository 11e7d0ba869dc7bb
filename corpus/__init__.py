"""The edition: what the five guidelines say, in our own words, as data files.

`FOLDER` is where those files lie, in a checkout and in an installed wheel alike.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
