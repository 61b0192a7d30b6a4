"""What runs that remember read, say and keep."""

import os
import stat
from dataclasses import replace

from scanner.config import LimitConfig
from scanner.engine.scan import Scan
from scanner.model.life import Life, Resolution
from scanner.model.outcome import Reason
from scanner.state.recorder import Recorder
from scanner.state.replay import replay
from scanner.state.runs import find_run
from scanner.state.store import open_store
from tests.state.conftest import COLOUR, FRUIT, Desk, custom

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def test_only_what_changed_is_read_again(desk: Desk) -> None:
    for key in ("a.txt", "b.txt", "sub/c.txt"):
        desk.write(key, f"{key} red\n")
    assert desk.run().read == {"a.txt", "b.txt", "sub/c.txt"}
    desk.write("b.txt", "b.txt blue\n")
    desk.write("d.txt", "nothing\n")
    again = desk.run()
    assert again.read == {"b.txt", "d.txt"}
    assert again.lives == {"a.txt": Life.UNCHANGED, "b.txt": Life.CHANGED, "sub/c.txt": Life.UNCHANGED}
    assert again.summary.unchanged == 2
    assert again.summary.life == {"changed": 1, "unchanged": 2}


def test_what_is_recalled_is_what_was_found(desk: Desk) -> None:
    desk.write("a.csv", "name,paint\nx,red\ny,blue\nz,none\n")
    desk.write("b.png", PNG)
    first, second = desk.run(), desk.run()
    assert [replace(one, bytes_read=0, life=None) for one in first.results] == [replace(one, life=None) for one in second.results]
    assert second.of("a.csv").life is not None
    assert second.summary.bytes_read == 0
    assert second.summary.occurrences == first.summary.occurrences == {"COLOUR": 2}


def test_full_reads_everything(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.run()
    again = desk.run(full=True)
    assert again.read == {"a.txt"}
    assert again.lives == {"a.txt": Life.UNCHANGED}


def test_lines_that_moved_change_nothing(desk: Desk) -> None:
    desk.write("a.txt", "red\nblue\n")
    desk.run()
    desk.write("a.txt", "\n\nblue and then\n\nred\n")
    assert desk.run().lives == {"a.txt": Life.UNCHANGED}


def test_what_is_gone_is_resolved_with_its_reason(desk: Desk) -> None:
    for key in ("cleaned.txt", "deleted.txt", "emptied.txt", "kept.txt"):
        desk.write(key, "red\n")
    first = desk.run()
    desk.write("cleaned.txt", "nothing\n")
    desk.write("emptied.txt", "")
    (desk.tree / "deleted.txt").unlink()
    again = desk.run()
    assert again.lives == {key: Life.UNCHANGED if key == "kept.txt" else Life.RESOLVED for key in first.lives}
    reasons = {one.object.ref.key: one.life.detections[0].resolution for one in again.results if one.life and one.life.detections}
    assert reasons["cleaned.txt"] is reasons["emptied.txt"] is Resolution.REMOVED
    assert reasons["deleted.txt"] is Resolution.DELETED
    assert again.of("deleted.txt").outcome.reason is Reason.GONE
    assert again.summary.complete
    assert desk.run().lives == {"kept.txt": Life.UNCHANGED}


def test_a_finding_that_comes_back_is_new_and_remembers_when_it_began(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    first = desk.run().of("a.txt").life
    (desk.tree / "a.txt").unlink()
    desk.run()
    desk.write("a.txt", "red\n")
    life = desk.run().of("a.txt").life
    assert first is not None
    assert life is not None
    assert life.finding is Life.NEW
    assert life.detections[0].first_seen == first.detections[0].first_seen


def test_what_could_not_be_delivered_is_told_once_more(desk: Desk) -> None:
    for key in ("a.txt", "b.txt", "c.txt"):
        desk.write(key, "red\n")
    desk.run()
    desk.write("a.txt", "red\nblue\n")
    (desk.tree / "b.txt").unlink()
    desk.write("d.txt", "red\n")
    lives = {"a.txt": Life.CHANGED, "b.txt": Life.RESOLVED, "c.txt": Life.UNCHANGED, "d.txt": Life.NEW}
    assert desk.run(delivered=False).lives == lives
    with open_store(str(desk.state)) as store:
        assert find_run(store).status == "undelivered"
        assert {one.object.ref.key: one.life.finding for one in replay(store)[1] if one.life} == lives
    again = desk.run()
    assert (again.lives, again.read) == (lives, set())
    assert set(desk.run().lives.values()) == {Life.UNCHANGED}


def test_each_object_is_committed_before_the_next_is_read(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"{number}.txt", "red\n")
    with open_store(str(desk.state), write=True) as store:
        config = replace(desk.config, targets=(str(desk.tree),))
        scan = Scan(config, identifiers=desk.identifiers, environment=desk.environment, memory=Recorder(store))
        for done, _ in enumerate(scan, 1):
            with open_store(str(desk.state)) as another:
                assert another.one("SELECT count(*) FROM object") == (done,)
                assert another.one("SELECT count(*) FROM detection") == (done,)


def test_a_narrower_scope_resolves_nothing(desk: Desk) -> None:
    for key in ("a.txt", "sub/b.txt", "sub/deep/c.txt", "wide.csv"):
        desk.write(key, "red\n")
    desk.run()
    assert desk.run(include=("*.csv",)).lives == {
        "a.txt": Life.UNSEEN,
        "sub/b.txt": Life.UNSEEN,
        "sub/deep/c.txt": Life.UNSEEN,
        "wide.csv": Life.UNCHANGED,
    }
    below = desk.run(exclude=("sub/",))
    assert below.lives == {"a.txt": Life.UNCHANGED, "wide.csv": Life.UNCHANGED}
    assert below.summary.life == {"unchanged": 2, "unseen": 2}
    assert set(desk.run(target="sub").lives) == {"b.txt", "deep/c.txt"}
    whole = desk.run()
    assert set(whole.lives.values()) == {Life.UNCHANGED}
    assert whole.read == set()


def test_the_same_file_under_another_target_is_the_same_file(desk: Desk) -> None:
    desk.write("sub/a.txt", "red\n")
    desk.run()
    (desk.tree / "sub/a.txt").unlink()
    inner = desk.run(target="sub")
    assert inner.lives == {"sub/a.txt": Life.RESOLVED}
    assert desk.run().lives == {}


def test_what_cannot_be_read_stays_open(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.write("b.bin", "blue\n")
    desk.run()
    (desk.tree / "a.txt").unlink()
    os.symlink("/nowhere", desk.tree / "a.txt")
    # Zeros after a head that no reader knows.
    desk.write("b.bin", "\x00\x01\x02" * 100)
    again = desk.run()
    assert again.lives == {"a.txt": Life.UNSEEN, "b.bin": Life.UNSEEN}
    assert desk.run().lives == {"a.txt": Life.UNSEEN, "b.bin": Life.UNSEEN}


def test_a_folder_behind_a_new_link_hides_what_was_in_it(desk: Desk) -> None:
    desk.write("sub/a.txt", "red\n")
    desk.run()
    (desk.tree / "sub").rename(desk.tree.parent / "elsewhere")
    os.symlink(desk.tree.parent / "elsewhere", desk.tree / "sub")
    again = desk.run()
    assert again.summary.life == {"unseen": 1}
    assert desk.run(follow_symlinks=True).lives == {"sub/a.txt": Life.UNCHANGED}


def test_another_identifier_reads_again_only_what_has_text(desk: Desk) -> None:
    desk.write("a.txt", "red apple\n")
    desk.write("b.png", PNG)
    desk.run()
    desk.identifiers = (COLOUR, FRUIT)
    again = desk.run()
    assert again.read == {"a.txt"}
    assert again.of("b.png").life is not None
    assert again.summary.unchanged == 1
    assert again.lives == {"a.txt": Life.CHANGED}
    desk.identifiers = (FRUIT,)
    life = desk.run().of("a.txt").life
    assert life is not None
    assert {one.identifier: (one.life, one.resolution) for one in life.detections} == {
        "COLOUR": (Life.RESOLVED, Resolution.RULES),
        "FRUIT": (Life.UNCHANGED, None),
    }


def test_other_limits_read_everything_again(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.write("b.png", PNG)
    desk.run()
    again = desk.run(config=replace(desk.config, limits=LimitConfig(depth=3)))
    assert again.summary.unchanged == 0


def test_too_few_for_a_finding(desk: Desk) -> None:
    desk.identifiers = (custom("COLOUR", "red", least=2),)
    desk.write("a.txt", "red\n")
    assert desk.run().lives == {}
    desk.write("a.txt", "red red\n")
    assert desk.run().lives == {"a.txt": Life.NEW}
    desk.write("a.txt", "red\n")
    life = desk.run().of("a.txt").life
    assert life is not None
    assert [(one.life, one.resolution) for one in life.detections] == [(Life.RESOLVED, Resolution.BELOW_THRESHOLD)]
    again = desk.run()
    assert again.lives == {}
    assert again.summary.occurrences == {"COLOUR": 1}


def test_a_run_that_nobody_heard_of_is_told_by_the_next(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.write("b.txt", "red\n")
    desk.run()
    desk.write("a.txt", "blue\n")
    desk.write("c.txt", "red\n")
    (desk.tree / "b.txt").unlink()
    lost = desk.run(finish=False)
    again = desk.run()
    assert again.lives == lost.lives == {"a.txt": Life.CHANGED, "b.txt": Life.RESOLVED, "c.txt": Life.NEW}
    assert again.read == set()
    assert desk.run().lives == {"a.txt": Life.UNCHANGED, "c.txt": Life.UNCHANGED}


def test_a_file_that_was_just_written_is_not_trusted(desk: Desk) -> None:
    (desk.tree / "a.txt").write_text("red\n")
    desk.run()
    assert desk.run().read == {"a.txt"}


def test_values_are_not_kept(desk: Desk) -> None:
    desk.identifiers = (custom("SECRET", "xyzzy7"),)
    desk.write("a.txt", "xyzzy7\n")
    config = replace(desk.config, reveal=True)
    assert desk.run(config=config).of("a.txt").detections[0].occurrences[0].value == "xyzzy7"
    assert desk.run().of("a.txt").detections[0].occurrences[0].value is None
    assert desk.run(config=config).read == {"a.txt"}
    for name in os.listdir(desk.state.parent):
        path = desk.state.parent / name
        if path.is_file():
            assert b"xyzzy7" not in path.read_bytes()
    assert stat.S_IMODE(desk.state.stat().st_mode) == 0o600
