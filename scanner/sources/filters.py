"""What the user leaves out: by pattern, extension, size and time."""

from datetime import datetime

from scanner.sources.globs import Globs
from scanner.sources.options import SourceOptions


class Filters:
    """The options, ready to be asked. Building it checks the patterns, so that mistakes show before anything is scanned."""

    def __init__(self, options: SourceOptions) -> None:
        self._options = options
        self._include = Globs(options.include, role="include")
        self._exclude = Globs(options.exclude, role="exclude")
        self._endings = tuple("." + extension.lower().lstrip(".") for extension in options.extensions)

    def enters(self, folder: str) -> bool:
        """Whether a folder is walked at all; its key ends with `/`."""
        return not self._exclude.match(folder)

    def why_not(self, key: str, size: int, modified: datetime | None) -> str | None:
        """Why the user does not want this object, as a short phrase; None if it is wanted."""
        return self._by_name(key) or self._by_size(size) or self._by_time(modified)

    def _by_name(self, key: str) -> str | None:
        if self._exclude.match(key):
            return "matches an exclude pattern"
        if self._options.include and not self._include.match(key):
            return "matches no include pattern"
        if self._endings and not key.lower().endswith(self._endings):
            return "has another extension"
        return None

    def _by_size(self, size: int) -> str | None:
        options = self._options
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
