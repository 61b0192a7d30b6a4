"""`dowse posture`."""

from dataclasses import replace

import typer

from scanner.cli import posture_options as flag


def posture(
    buckets: flag.Buckets = None,
    *,
    source: flag.From = None,
    files: flag.Files = None,
    dump_commands: flag.DumpCommands = False,
    account: flag.Account = None,
    project: flag.Project = None,
    profile: flag.Profile = None,
    region: flag.Region = None,
    endpoint_url: flag.Endpoint = None,
    s3control_endpoint: flag.Control = None,
    accounts: flag.Accounts = [],  # noqa: B006 - read by typer, never changed; so below
    organization: flag.Organization = False,
    role_name: flag.Role = "OrganizationAccountAccessRole",
    cloudfront: flag.CloudFront = False,
    keys: flag.Keys = False,
    roles: flag.Roles = False,
    object_acls: flag.ObjectAcls = 0,
    threads: flag.Threads = 20,
    trust: flag.Trust = [],  # noqa: B006
    findings: flag.Findings = [],  # noqa: B006
    previous: flag.Previous = None,
    incremental: flag.Incremental = False,
    state: flag.StatePath = None,
    format: flag.Format = None,  # noqa: A002 - the flag's name
    output: flag.Outputs = [],  # noqa: B006
    fail_on: flag.FailOn = None,
) -> None:
    """Says who can reach each bucket and how it is protected.

    What may not be asked is unknown, never private: the missing permission is named. Exit codes: 0 everything is known, 1 a
    finding is at or above --fail-on, 2 the command line or an input is wrong, 3 some setting is unknown, 4 an output could not be
    delivered.
    """
    from scanner.cli.posture_files import files_alone
    from scanner.cli.posture_input import PostureInput
    from scanner.cli.posture_known import Known
    from scanner.cli.posture_outputs import choose
    from scanner.cli.run_posture import PostureRequest, print_commands, run
    from scanner.posture.clients import StoreOptions
    from scanner.posture.live import Accounts
    from scanner.posture.trusted_words import trusted_from

    outputs, names = choose(format, output), tuple(buckets or ())
    if dump_commands:
        print_commands(names)
    elif files is not None:
        raise typer.Exit(files_alone(files, outputs, given=bool(output), fail_on=fail_on))
    else:
        place = StoreOptions(profile, region, endpoint_url, s3control_endpoint, account, threads)
        options = replace(place, cloudfront=cloudfront, keys=keys, roles=roles, object_lists=object_acls)
        asked = PostureInput(names, source, options, Accounts(tuple(accounts), role_name, organization=organization), project)
        known = Known(tuple(findings), previous, state, incremental=incremental)
        raise typer.Exit(run(PostureRequest(asked, trusted_from(trust), known, outputs, fail_on)))
