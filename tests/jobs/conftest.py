"""The same stores as for sources."""

from tests.sources.conftest import credentials, moto, moto_url

__all__ = ["credentials", "moto", "moto_url"]
