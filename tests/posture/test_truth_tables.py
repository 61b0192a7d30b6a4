"""Lists, access points and blocks against truth tables written by hand; and how many cases all tables have."""

import pytest

from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import settings
from tests.posture.truth_tables import OWNERSHIP, POLICIES, TRUSTED, block, grants, point, rows

TABLES = ("conditions.toml", "policies.toml", "exposure.toml", "grants.toml", "points.toml")


@pytest.mark.parametrize("row", rows("grants.toml"), ids=lambda row: " ".join(row[:2]))
def test_what_access_control_lists_let_in(row: list[str]) -> None:
    granted, shut, permission, shared, access, because = row
    ownership, letters = shut.split()
    made = settings(grants=grants(granted), ownership=OWNERSHIP[ownership], block=block(letters))

    verdicts = judge(made, TRUSTED)

    assert (verdicts.exposure.permission, verdicts.sharing.shared) == (permission, shared), because
    assert " ".join(sorted(verdicts.exposure.public_access)) == access, because


@pytest.mark.parametrize("row", rows("points.toml"), ids=lambda row: " ".join(row[:6]))
def test_what_access_points_let_in(row: list[str]) -> None:
    bucket, own, reached_from, account, on_bucket, on_point, permission, shared, because = row
    made = settings(
        policy=POLICIES[bucket],
        access_points=(point(own, reached_from, on_point),),
        account_block=block(account),
        block=block(on_bucket),
    )

    verdicts = judge(made, TRUSTED)

    assert (verdicts.exposure.permission, verdicts.sharing.shared) == (permission, shared), because


def test_the_tables_have_many_cases_each_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {name: len(rows(name)) for name in TABLES}
    with capsys.disabled():
        print(f"\ntruth tables of posture: {sum(counts.values())} cases, {counts}")  # noqa: T201 - the count is asked for

    assert counts["conditions.toml"] + counts["policies.toml"] >= 250, "policies alone"
    assert sum(counts.values()) >= 450
    for name in TABLES:
        assert all(isinstance(row[-1], str) and row[-1] for row in rows(name)), f"{name}: a row has no reason"
    # A row that says the same as another proves nothing new.
    for name, inputs in (("grants.toml", 2), ("points.toml", 6), ("exposure.toml", 5)):
        assert len({tuple(row[:inputs]) for row in rows(name)}) == len(rows(name))
