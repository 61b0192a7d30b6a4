"""Compiled detectors that are kept on disk."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scanner.engine.compiled import CompiledCache


@pytest.fixture
def cache(tmp_path: Path) -> CompiledCache:
    return CompiledCache({"XDG_CACHE_HOME": str(tmp_path)}, b"key")


def stored_file(folder: Path) -> Path:
    (file,) = (folder / "dowse" / "rulesets").iterdir()
    return file


def test_what_was_stored_is_found_again(cache: CompiledCache) -> None:
    cache.put("ruleset", b"tables")
    assert cache.get("ruleset") == b"tables"
    assert cache.get("another") is None


def test_only_its_owner_may_read_it(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    assert stat.S_IMODE(os.stat(stored_file(tmp_path)).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "dowse" / "rulesets").st_mode) == 0o700


def test_what_was_altered_on_the_disk_is_not_used(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    file = stored_file(tmp_path)
    file.write_bytes(file.read_bytes()[:-1] + b"S")
    assert cache.get("ruleset") is None


@pytest.mark.parametrize("content", [b"", b"short", bytes(32)])
def test_a_damaged_file_is_not_used(cache: CompiledCache, tmp_path: Path, content: bytes) -> None:
    cache.put("ruleset", b"tables")
    stored_file(tmp_path).write_bytes(content)
    assert cache.get("ruleset") is None


def test_what_was_sealed_with_another_key_is_not_used(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    assert CompiledCache({"XDG_CACHE_HOME": str(tmp_path)}, b"other").get("ruleset") is None


def test_what_was_sealed_for_one_ruleset_does_not_serve_another(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("one", b"tables")
    sealed = stored_file(tmp_path).read_bytes()
    cache.put("two", b"other tables")
    for file in (tmp_path / "dowse" / "rulesets").iterdir():
        file.write_bytes(sealed)
    assert (cache.get("one"), cache.get("two")) == (b"tables", None)


def test_those_stored_longest_ago_are_forgotten(cache: CompiledCache, tmp_path: Path) -> None:
    for number in range(17):
        cache.put(str(number), b"tables")
        for file in (tmp_path / "dowse" / "rulesets").iterdir():
            os.utime(file, ns=(0, os.stat(file).st_mtime_ns - 10**9))
    assert cache.get("0") is None
    assert [cache.get(str(number)) for number in range(1, 17)] == [b"tables"] * 16


def test_a_folder_that_cannot_be_written_is_no_trouble() -> None:
    cache = CompiledCache({"XDG_CACHE_HOME": "/dev/null"}, b"key")
    cache.put("ruleset", b"tables")
    assert cache.get("ruleset") is None


def test_a_folder_that_others_may_write_to_is_not_used(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    (tmp_path / "dowse" / "rulesets").chmod(0o777)
    assert cache.get("ruleset") is None
    stored = sorted((tmp_path / "dowse" / "rulesets").iterdir())
    cache.put("another", b"tables")
    assert sorted((tmp_path / "dowse" / "rulesets").iterdir()) == stored


def test_a_file_that_others_may_write_to_is_not_used(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    stored_file(tmp_path).chmod(0o666)
    assert cache.get("ruleset") is None


def test_links_are_not_followed(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    file = stored_file(tmp_path)
    file.symlink_to(file.rename(tmp_path / "elsewhere"))
    assert cache.get("ruleset") is None
    file.unlink()
    (tmp_path / "elsewhere").rename(file)
    assert cache.get("ruleset") == b"tables"
    folder = tmp_path / "dowse" / "rulesets"
    folder.symlink_to(folder.rename(tmp_path / "other"))
    assert cache.get("ruleset") is None
    cache.put("another", b"tables")
    assert len(list((tmp_path / "other").iterdir())) == 1


def test_storing_replaces_a_link_and_not_what_it_points_to(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    file = stored_file(tmp_path)
    file.unlink()
    file.symlink_to(victim)
    cache.put("ruleset", b"new tables")
    assert (victim.read_bytes(), cache.get("ruleset")) == (b"precious", b"new tables")


def test_a_pipe_in_its_place_does_not_make_it_wait(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    file = stored_file(tmp_path)
    file.unlink()
    os.mkfifo(file, 0o600)
    assert cache.get("ruleset") is None


def test_switched_off_it_neither_reads_nor_writes(cache: CompiledCache, tmp_path: Path) -> None:
    off = CompiledCache({"XDG_CACHE_HOME": str(tmp_path), "DOWSE_CACHE": "off"}, b"key")
    off.put("ruleset", b"tables")
    assert list(tmp_path.iterdir()) == []
    cache.put("ruleset", b"tables")
    assert off.get("ruleset") is None


def test_several_may_write_and_read_at_once(cache: CompiledCache, tmp_path: Path) -> None:
    tables = [bytes([number]) * 100_000 for number in range(8)]

    def stored_and_read(table: bytes) -> bytes | None:
        cache.put("ruleset", table)
        return cache.get("ruleset")

    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(stored_and_read, tables * 5))
    assert set(read) <= set(tables)
    assert len(list((tmp_path / "dowse" / "rulesets").iterdir())) == 1


def test_drafts_of_writers_that_were_killed_are_forgotten(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    for number in range(20):
        draft = stored_file(tmp_path).with_suffix(f".{number}") if number == 0 else tmp_path / "dowse" / "rulesets" / f"draft.{number}"
        draft.write_bytes(b"half")
        os.utime(draft, ns=(0, 0))
    cache.put("another", b"tables")
    left = list((tmp_path / "dowse" / "rulesets").iterdir())
    assert len(left) == 16
    assert (cache.get("ruleset"), cache.get("another")) == (b"tables", b"tables")
