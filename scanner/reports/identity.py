"""What an object is to systems that keep one entry for each thing and replace it from run to run."""

import hashlib

from scanner.model.objects import ObjectRef


def object_id(ref: ObjectRef) -> str:
    """32 hexadecimal digits, the same for the same object whatever is in it and whatever was looked for.

    The finding's own id changes with the content and the ruleset; by this one an entry is replaced instead of doubled.
    """
    return hashlib.sha256(ref.uri.encode()).hexdigest()[:32]
