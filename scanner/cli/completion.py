"""What the shell offers when a flag's value is begun."""


def format_names(incomplete: str) -> list[str]:
    """Formats that begin so."""
    from scanner.reports.registry import SINKS

    return [name for name in sorted(SINKS) if name.startswith(incomplete)]


def output_starts(incomplete: str) -> list[str]:
    """Formats that begin so, with the equals sign that comes next; nothing once it is there."""
    return [] if "=" in incomplete else [f"{name}=" for name in format_names(incomplete)]
