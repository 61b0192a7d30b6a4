"""What is sensitive: identifiers declared as data, and the checks that values must pass. Knows nothing of scanning."""

from identifiers.catalogues import load_catalogue, load_custom
from identifiers.errors import IdentifierError

__all__ = ["IdentifierError", "load_catalogue", "load_custom"]
