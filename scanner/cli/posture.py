"""`dowse posture`."""

import typer

from scanner.cli import posture_options as flag
from scanner.cli.flag_groups import grouped
from scanner.cli.posture_flags import InputFlags, KnownFlags, WriteFlags


@grouped
def posture(
    buckets: flag.Buckets = None,
    *,
    given: InputFlags,
    trust: flag.Trust = [],  # noqa: B006 - read by typer, never changed
    known: KnownFlags,
    write: WriteFlags,
) -> None:
    """Says who can reach each bucket and how it is protected.

    What may not be asked is unknown, never private: the missing permission is named. Exit codes: 0 everything is known, 1 a
    finding is at or above --fail-on, 2 the command line or an input is wrong, 3 some setting is unknown, 4 an output could not be
    delivered.
    """
    from scanner.cli.posture_files import files_alone
    from scanner.cli.posture_outputs import choose
    from scanner.cli.run_posture import PostureRequest, print_commands, run
    from scanner.posture.trusted_words import trusted_from

    outputs, names = choose(write.format, write.output), tuple(buckets or ())
    if given.dump_commands:
        print_commands(names)
        return
    if given.files is not None:
        raise typer.Exit(files_alone(given.files, outputs, given=bool(write.output), fail_on=write.fail_on))
    raise typer.Exit(run(PostureRequest(given.of(names), trusted_from(trust), known.known(), outputs, write.fail_on)))
