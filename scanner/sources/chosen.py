"""Where the objects of a scan come from: its targets, or what names objects in them."""

from scanner.config import EventsConfig, ScanConfig
from scanner.errors import ConfigError
from scanner.sources.base import Source
from scanner.sources.event_feed import Feed
from scanner.sources.event_file import open_event_file
from scanner.sources.events import EventsSource
from scanner.sources.inventory import InventorySource
from scanner.sources.inventory_manifest import read_manifest
from scanner.sources.options import SourceOptions, options_of
from scanner.sources.s3 import S3Source, open_s3
from scanner.sources.several import open_sources


def choose_source(config: ScanConfig) -> Source:
    """The source that `config` asks for.

    :raises ConfigError: if it names nothing, or what does not go together; and as `open_sources`
    """
    options = options_of(config.sources)
    if config.events is not None and config.inventory is not None:
        raise ConfigError("--events and --inventory both name the objects to scan; give one of them")
    if config.events is not None:
        buckets = _buckets(config, options, "--events")
        return EventsSource(_feed(config.events, options), buckets)
    if config.inventory is not None:
        manifest = read_manifest(config.inventory, options.store)
        return InventorySource(manifest, _buckets(config, options, "--inventory"))
    if not config.targets:
        raise ConfigError("nothing to scan: name folders, files or buckets, --events or an --inventory")
    return open_sources(config.targets, options)


def _buckets(config: ScanConfig, options: SourceOptions, flag: str) -> S3Source:
    """What may be named; all buckets without targets."""
    others = [target for target in config.targets if not target.lower().startswith("s3://")]
    if others:
        raise ConfigError(f"{flag} names objects in buckets; {others[0]} is no bucket: give s3://BUCKET/PREFIX, or no target for all")
    if options.bucket_tags:
        raise ConfigError(f"--bucket-tag chooses among buckets that are listed; with {flag} name the buckets, as in s3://BUCKET")
    if options.version_id is not None:
        raise ConfigError(f"--version-id is of one object; {flag} names them itself")
    opened = [open_s3(target, options) for target in config.targets or ("s3://",)]
    return S3Source(tuple(target for source in opened for target in source.targets), options)


def _feed(config: EventsConfig, options: SourceOptions) -> Feed:
    if config.place.lower().startswith("sqs://"):
        from scanner.sources.sqs import open_queue

        return open_queue(config, options.store)
    if config.max_messages is not None or config.idle_exit is not None:
        raise ConfigError(f"--max-messages and --idle-exit are for queues; --events {config.place} is none")
    return open_event_file(config.place)
