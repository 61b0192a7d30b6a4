"""The version of Dowse. Written here and not asked of the installer, which takes 40 ms."""

from typing import Final

VERSION: Final = "0.1.0"
