"""The flags of `dowse posture` in groups, and what each of them comes down to."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scanner.cli import posture_options as flag

if TYPE_CHECKING:
    from scanner.cli.posture_input import PostureInput
    from scanner.cli.posture_known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFlags:
    """Where the settings come from."""

    source: flag.From = None
    files: flag.Files = None
    dump_commands: flag.DumpCommands = False
    account: flag.Account = None
    project: flag.Project = None
    profile: flag.Profile = None
    region: flag.Region = None
    endpoint_url: flag.Endpoint = None
    s3control_endpoint: flag.Control = None
    accounts: flag.Accounts = field(default_factory=list)
    organization: flag.Organization = False
    role_name: flag.Role = "OrganizationAccountAccessRole"
    cloudfront: flag.CloudFront = False
    keys: flag.Keys = False
    roles: flag.Roles = False
    object_acls: flag.ObjectAcls = 0
    threads: flag.Threads = 20

    def of(self, buckets: tuple[str, ...]) -> "PostureInput":
        """The same for these buckets; none are all that there are."""
        from scanner.cli.posture_input import PostureInput
        from scanner.posture.clients import StoreOptions
        from scanner.posture.live import Accounts

        options = StoreOptions(
            profile=self.profile,
            region=self.region,
            endpoint=self.endpoint_url,
            control_endpoint=self.s3control_endpoint,
            account=self.account,
            threads=self.threads,
            cloudfront=self.cloudfront,
            keys=self.keys,
            roles=self.roles,
            object_lists=self.object_acls,
        )
        accounts = Accounts(tuple(self.accounts), self.role_name, organization=self.organization)
        return PostureInput(buckets, self.source, options, accounts, self.project)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFlags:
    """What is known beside the settings."""

    findings: flag.Findings = field(default_factory=list)
    previous: flag.Previous = None
    incremental: flag.Incremental = False
    state: flag.StatePath = None

    def known(self) -> "Known":
        """Where it comes from."""
        from scanner.cli.posture_known import Known

        return Known(tuple(self.findings), self.previous, self.state, incremental=self.incremental)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteFlags:
    """What is written, where to, and what the exit code tells."""

    format: flag.Format = None
    output: flag.Outputs = field(default_factory=list)
    fail_on: flag.FailOn = None
