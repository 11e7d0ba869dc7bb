"""The embedding model that comes with the project: its name in settings, and where it lies."""

from pathlib import Path

BUNDLED = "medföljande"
BUNDLED_FOLDER = Path(__file__).parent / "model"
