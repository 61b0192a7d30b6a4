"""Folders of this machine that other machines see."""

from typing import Final

_EXPORTS: Final = "/etc/exports"


def exported() -> tuple[str, ...]:
    """As /etc/exports has them; none where it cannot be read."""
    from scanner.posture.local_files import exported_folders

    try:
        with open(_EXPORTS, encoding="utf-8", errors="replace") as file:
            return exported_folders(file.read())
    except OSError:
        return ()
