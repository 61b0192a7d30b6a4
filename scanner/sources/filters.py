"""What the user leaves out: by pattern, extension, depth, size, time and storage class, and by chance."""

import hashlib
import os
from datetime import datetime

from scanner.errors import ConfigError
from scanner.sources.globs import Globs
from scanner.sources.options import SourceOptions


class Filters:
    """The options, ready to be asked. Building it checks the patterns, so that mistakes show before anything is scanned."""

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._include = Globs(options.include, role="include")
        self._exclude = Globs(options.exclude, role="exclude")
        if options.sample is not None and not 0 <= options.sample <= 1:
            raise ConfigError(f"a sample is a share from 0 to 1, not {options.sample}")
        self._endings = tuple("." + extension.lower().lstrip(".") for extension in options.extensions)

    def enters(self, folder: str) -> bool:
        """Whether a folder is walked at all; its key ends with `/`."""
        return not self._exclude.match(folder)

    def why_not(self, key: str, size: int | None, modified: datetime | None) -> str | None:
        """Why the user does not want this object, as a short phrase; None if it is wanted.

        A size or time that nobody knows leaves nothing out: it is read rather than missed.
        """
        return self._by_name(key) or self._by_size(size) or self._by_time(modified)

    def by_class(self, storage_class: str) -> str | None:
        """Why the user does not want objects of this class; None if they are wanted."""
        options = self._options
        if storage_class in options.exclude_storage_classes or (options.storage_classes and storage_class not in options.storage_classes):
            return f"is of storage class {storage_class}"
        return None

    def by_chance(self, key: str) -> str | None:
        """Why the object is not in the sample; None if it is. To be asked last, so that the share is one of what is wanted."""
        sample = self._options.sample
        if sample is None:
            return None
        digest = hashlib.sha256(b"%d/%s" % (self._options.sample_seed, os.fsencode(key))).digest()
        return None if int.from_bytes(digest[:8]) < sample * 2**64 else "not in the sample"

    def _by_name(self, key: str) -> str | None:
        if self._exclude.match(key):
            return "matches an exclude pattern"
        if self._options.include and not self._include.match(key):
            return "matches no include pattern"
        if self._endings and not key.lower().endswith(self._endings):
            return "has another extension"
        if self._options.folder_depth is not None and key.count("/") > self._options.folder_depth:
            return f"deeper than {self._options.folder_depth} folders"
        return None

    def _by_size(self, size: int | None) -> str | None:
        options = self._options
        if size is None:
            return None
        if options.min_size is not None and size < options.min_size:
            return f"smaller than {options.min_size} bytes"
        if options.max_size is not None and size > options.max_size:
            return f"larger than {options.max_size} bytes"
        return None

    def _by_time(self, modified: datetime | None) -> str | None:
        options = self._options
        if modified is None:
            return None
        if options.modified_since is not None and modified < options.modified_since:
            return f"not modified since {options.modified_since.isoformat()}"
        if options.modified_before is not None and modified >= options.modified_before:
            return f"not modified before {options.modified_before.isoformat()}"
        return None
