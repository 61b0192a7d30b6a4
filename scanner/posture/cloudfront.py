"""Distributions of CloudFront that have a bucket as origin."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_AMAZON: Final = (".amazonaws.com", ".amazonaws.com.cn")


@dataclass(frozen=True, slots=True)
class Origin:
    """A bucket behind a distribution.

    :param identified: the distribution says who it is (origin access control or identity), so that the bucket need not be public
    :param website: it is reached as a website, which has no such identity
    """

    distribution: str
    bucket: str
    identified: bool
    website: bool
    enabled: bool


def origins_in(distributions: Iterable[Mapping[str, Any]]) -> Iterator[Origin]:
    """The buckets behind distributions, as `list-distributions` has them."""
    for distribution in distributions:
        for one in (distribution.get("Origins") or {}).get("Items") or ():
            bucket, website = bucket_of(str(one.get("DomainName") or ""))
            if bucket:
                identity = (one.get("S3OriginConfig") or {}).get("OriginAccessIdentity")
                identified = bool(identity or one.get("OriginAccessControlId"))
                enabled = distribution.get("Enabled") is not False
                yield Origin(str(distribution.get("Id")), bucket, identified, website, enabled)


def bucket_of(domain: str) -> tuple[str, bool]:
    """The bucket that a domain name stands for, and whether as a website; no bucket for other domains.

    >>> bucket_of("photos.of.me.s3.eu-west-1.amazonaws.com"), bucket_of("photos.s3-website-us-east-1.amazonaws.com")
    (('photos.of.me', False), ('photos', True))
    """
    host = domain.lower().rstrip(".")
    suffix = next((one for one in _AMAZON if host.endswith(one)), "")
    labels = host.removesuffix(suffix).split(".")
    if not suffix:
        return "", False
    # The service's own label is the last or the one before the region; a bucket's name may hold dots, and `s3` too.
    for place in (len(labels) - 1, len(labels) - 2, len(labels) - 3):
        if place > 0 and (labels[place] == "s3" or labels[place].startswith("s3-")):
            return ".".join(labels[:place]), labels[place].startswith("s3-website")
    return "", False
