"""What discovery knows of each bucket after a run: score, coverage, what was found. Plain JSON values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scanner.discovery.clusters import Cluster
from scanner.discovery.score import BucketEvidence, Score, score_of
from scanner.discovery.settings import DiscoverySettings
from scanner.discovery.survey import Survey, Tally

Json: TypeAlias = dict[str, Any]
Bucket: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DayReport:
    """What is known, and what a run added to it.

    :param buckets: a record for each, the most sensitive first
    :param summary: what was read, and what is left of the day's budget
    """

    buckets: tuple[Json, ...]
    summary: Json


def bucket_records(survey: Survey, settings: DiscoverySettings, read: Mapping[Cluster, int]) -> tuple[Json, ...]:
    """A record for each bucket that was met.

    :param read: cluster -> objects that this run has read of it
    """
    by_bucket: defaultdict[Bucket, dict[Cluster, Tally]] = defaultdict(dict)
    for cluster, tally in survey.clusters.items():
        by_bucket[cluster.store, cluster.bucket][cluster] = tally
    names = {*by_bucket, *survey.buckets, *survey.unlisted, *survey.left_out}
    records = [_bucket(bucket, by_bucket.get(bucket, {}), survey, settings, read) for bucket in names]
    return tuple(sorted(records, key=lambda record: (-record["sensitivityScore"], record["store"], record["bucketName"])))


def _bucket(
    bucket: Bucket, clusters: Mapping[Cluster, Tally], survey: Survey, settings: DiscoverySettings, read: Mapping[Cluster, int]
) -> Json:
    whole = Tally()
    for tally in clusters.values():
        whole.add(tally)
    share = sensitive_share(clusters.values())
    score = _score(bucket, whole, share, survey, settings)
    return {
        "record": "bucket_sensitivity",
        "store": bucket[0],
        "bucketName": bucket[1],
        "sensitivityScore": score.value,
        "band": score.band,
        "because": score.because,
        "setByHand": bucket[1] in settings.fixed,
        "coverage": {
            **_coverage(whole),
            "clusters": len(clusters),
            "analysedClusters": sum(bool(tally.analysed) for tally in clusters.values()),
            "unsupported": whole.unsupported,
            "failed": whole.failed,
            "tooLarge": whole.too_large,
            "leftOut": survey.left_out.get(bucket, 0),
            "unlisted": survey.unlisted.get(bucket),
        },
        "statistics": _statistics(whole),
        "estimatedSensitiveShare": round(share, 4) if whole.analysed else None,
        "detections": _detections(whole),
        "ignored": sorted(settings.ignored.get(bucket[1], ())),
        "readNow": sum(read.get(cluster, 0) for cluster in clusters),
    }


def _coverage(whole: Tally) -> Json:
    return {
        "objects": whole.objects,
        "bytes": whole.size,
        "analysedObjects": whole.analysed,
        "analysedBytes": whole.analysed_bytes,
        "share": round(whole.analysed / whole.objects, 4) if whole.objects else None,
    }


def _statistics(whole: Tally) -> Json:
    """Under Macie's names."""
    return {
        "totalItemsClassified": whole.analysed,
        "totalBytesClassified": whole.analysed_bytes,
        "totalItemsSensitive": whole.sensitive,
        "totalItemsSkipped": whole.unsupported + whole.failed,
        "totalDetections": sum(one.occurrences for one in whole.found.values()),
    }


def _detections(whole: Tally) -> list[Json]:
    """The identifiers that most objects have first."""
    return [
        {"identifier": identifier, "severity": one.severity, "occurrences": one.occurrences, "objects": one.objects}
        for identifier, one in sorted(whole.found.items(), key=lambda item: (-item[1].objects, item[0]))
    ]


def sensitive_share(clusters: Iterable[Tally]) -> float:
    """The share of objects that are sensitive: of each cluster as in its analysed part, and the clusters weighed by their size."""
    analysed = [tally for tally in clusters if tally.analysed]
    objects = sum(tally.objects for tally in analysed)
    return sum(tally.objects * tally.sensitive / tally.analysed for tally in analysed) / objects if objects else 0.0


def _score(bucket: Bucket, whole: Tally, share: float, survey: Survey, settings: DiscoverySettings) -> Score:
    fixed = settings.fixed.get(bucket[1])
    if fixed is not None:
        return Score(fixed, "it was set by hand")
    listed = bucket not in survey.unlisted
    return score_of(BucketEvidence(whole.objects, whole.analysed, whole.sensitive, share, whole.failed, whole.found, listed=listed))
