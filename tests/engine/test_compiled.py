import os
import stat
from pathlib import Path

import pytest

from scanner.engine.compiled import CompiledCache


@pytest.fixture
def cache(tmp_path: Path) -> CompiledCache:
    return CompiledCache({"XDG_CACHE_HOME": str(tmp_path)}, b"key")


def stored_file(folder: Path) -> Path:
    (file,) = (folder / "dowse").iterdir()
    return file


def test_what_was_stored_is_found_again(cache: CompiledCache) -> None:
    cache.put("ruleset", b"tables")
    assert cache.get("ruleset") == b"tables"
    assert cache.get("another") is None


def test_only_its_owner_may_read_it(cache: CompiledCache, tmp_path: Path) -> None:
    cache.put("ruleset", b"tables")
    assert stat.S_IMODE(os.stat(stored_file(tmp_path)).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "dowse").st_mode) == 0o700


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
    for file in (tmp_path / "dowse").iterdir():
        file.write_bytes(sealed)
    assert (cache.get("one"), cache.get("two")) == (b"tables", None)


def test_those_stored_longest_ago_are_forgotten(cache: CompiledCache, tmp_path: Path) -> None:
    for number in range(17):
        cache.put(str(number), b"tables")
        for file in (tmp_path / "dowse").iterdir():
            os.utime(file, ns=(0, os.stat(file).st_mtime_ns - 10**9))
    assert cache.get("0") is None
    assert [cache.get(str(number)) for number in range(1, 17)] == [b"tables"] * 16


def test_a_folder_that_cannot_be_written_is_no_trouble() -> None:
    cache = CompiledCache({"XDG_CACHE_HOME": "/dev/null"}, b"key")
    cache.put("ruleset", b"tables")
    assert cache.get("ruleset") is None
