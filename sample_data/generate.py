"""Writes `sample_data/files` and `sample_data/truth.toml`: `python sample_data/generate.py [--credentials]`.

Everything is made from fixed seeds, so that each run writes the same. Files under `files/generated` hold credentials
that look live; they are not stored in the repository, and `--credentials` writes just them.
"""

import argparse
import os
import shutil
from collections.abc import Iterator
from typing import Final

from sample_data import (
    make_archives,
    make_broken,
    make_columnar,
    make_credentials,
    make_documents,
    make_dumps,
    make_json,
    make_logs,
    make_parquet,
    make_pdf,
    make_tables,
    make_text,
    make_traps,
    make_web,
    make_word,
    make_workbooks,
)
from sample_data.sample import Sample
from sample_data.truth import write_truth

HERE: Final = os.path.dirname(os.path.abspath(__file__))
_MAKERS: Final = (
    make_text,
    make_logs,
    make_tables,
    make_json,
    make_parquet,
    make_pdf,
    make_word,
    make_workbooks,
    make_documents,
    make_columnar,
    make_web,
    make_archives,
    make_dumps,
    make_broken,
    make_traps,
    make_credentials,
)


def all_samples() -> Iterator[Sample]:
    """Every file, those with credentials last."""
    for maker in _MAKERS:
        yield from maker.samples()


def write_files(folder: str, *, only_credentials: bool = False) -> int:
    """Writes the files below `folder`, replacing what is there, and gives their number."""
    samples = list(make_credentials.samples() if only_credentials else all_samples())
    shutil.rmtree(os.path.join(folder, "generated") if only_credentials else folder, ignore_errors=True)
    for sample in samples:
        path = os.path.join(folder, sample.name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(sample.content)
    return len(samples)


def main() -> None:
    """Writes beside this script."""
    parser = argparse.ArgumentParser(description="Write the sample data and what a scan of it must say.")
    parser.add_argument("--credentials", action="store_true", help="write only the files that are not stored in the repository")
    only_credentials: bool = parser.parse_args().credentials
    count = write_files(os.path.join(HERE, "files"), only_credentials=only_credentials)
    if not only_credentials:
        with open(os.path.join(HERE, "truth.toml"), "w", encoding="utf-8", newline="\n") as file:
            file.write(write_truth(all_samples()))
    print(f"{count} files written")


if __name__ == "__main__":
    main()
