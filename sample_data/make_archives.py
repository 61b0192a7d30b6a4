"""Compressed files and archives; what lies inside is other samples, so each finding gains a member path."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Final

import zstandard

from sample_data import make_broken, make_json, make_pdf, make_tables, make_text, make_word
from sample_data.people import person, phone, ssn
from sample_data.sample import Finding, Sample, Trap, Truth, text_sample, with_outcome
from sample_data.zips import locked, zipped

_EPOCH: Final = 1_715_493_900


def samples() -> Iterator[Sample]:
    """Every compressed file and archive."""
    yield _compressed("archives/log.txt.gz", gzip.compress(_note("gz").content, mtime=0), _note("gz"))
    yield _compressed("archives/log.txt.bz2", bz2.compress(_note("bz2").content), _note("bz2"))
    yield _compressed("archives/log.txt.xz", lzma.compress(_note("xz").content), _note("xz"))
    yield _compressed("archives/log.txt.zst", zstandard.compress(_note("zst").content), _note("zst"))
    yield _two_gzips()
    yield _truncated_gzip()
    yield archive("archives/mixed.zip", "Every format in one archive, folders and an empty file among them", _mixed())
    yield _tar(
        "archives/backup.tar",
        "A tape archive with a long name in it",
        [_renamed(_note("tar"), "a" * 60 + "/" + "b" * 60 + "/note.txt"), _note("tar 2")],
    )
    yield _nested()
    yield _locked()
    yield _half_locked()
    yield _with_picture()


def archive(name: str, about: str, members: Sequence[Sample]) -> Sample:
    """A ZIP of samples."""
    return Sample(name, zipped({member.name: member.content for member in members}), _joined(about, members))


def _joined(about: str, members: Sequence[Sample]) -> Truth:
    inside = [member.truth.inside(member.name) for member in members]
    findings: tuple[Finding, ...] = tuple(finding for truth in inside for finding in truth.findings)
    traps: tuple[Trap, ...] = tuple(trap for truth in inside for trap in truth.traps)
    return Truth(about, findings=findings, traps=traps)


def _note(seed: str) -> Sample:
    rng = Random(f"note {seed}")
    someone = person(rng)
    text = f"caller {someone.listed}\nssn {ssn(rng)}\nphone {phone(rng)}\n"
    return text_sample(f"{seed.replace(' ', '_')}.txt", text, f"A note inside {seed}")


def _renamed(sample: Sample, name: str) -> Sample:
    return replace(sample, name=name)


def _compressed(name: str, content: bytes, inner: Sample) -> Sample:
    """The same file in another coding: it gains no member path."""
    return Sample(name, content, replace(inner.truth, about=f"One compressed text ({name.rpartition('.')[2]})"))


def _two_gzips() -> Sample:
    """Two gzip members one after the other are one file (RFC 1952, 2.2); log writers append like this."""
    note = _note("two gzips")
    middle = note.content.index(b"ssn") + 7
    content = gzip.compress(note.content[:middle], mtime=0) + gzip.compress(note.content[middle:], mtime=0)
    return Sample(
        "archives/appended.log.gz",
        content,
        replace(note.truth, about="Two gzip streams in one file; a value lies across the seam"),
    )


def _truncated_gzip() -> Sample:
    """The first lines can still be read; noise behind them keeps the end of the stream far away."""
    note = _note("truncated")
    tail = "".join(f"{Random(number).random()} seconds\n" for number in range(4000))
    content = gzip.compress(note.content + tail.encode(), mtime=0)
    about = "The end of the file is missing; what comes before counts"
    whole = Sample("archives/truncated.log.gz", content, replace(note.truth, about=about))
    return with_outcome(whole, content[: len(content) * 3 // 4], whole.truth.findings, "partial(malformed)")


def _mixed() -> list[Sample]:
    chosen = {
        "text/letter.txt": make_text,
        "text/utf16_bom.txt": make_text,
        "tables/customers.csv": make_tables,
        "json/customer.json": make_json,
        "json/events.jsonl": make_json,
        "pdf/statement.pdf": make_pdf,
        "docx/contract.docx": make_word,
    }
    members = [next(sample for sample in module.samples() if sample.name == name) for name, module in chosen.items()]
    return [_folder("empty folder/"), *members, Sample("text/empty.txt", b"", Truth("empty"))]


def _folder(name: str) -> Sample:
    return Sample(name, b"", Truth("a folder"))


def _tar(name: str, about: str, members: Sequence[Sample]) -> Sample:
    return Sample(name, _tarred({member.name: member.content for member in members}), _joined(about, members))


def _tarred(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    # PAX: names of any length, in UTF-8.
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as written:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), _EPOCH
            written.addfile(entry, io.BytesIO(content))
    return held.getvalue()


def _nested() -> Sample:
    """outer.zip holds a folder with data.tar.gz, which holds inner.zip, which holds a table and a note."""
    table = next(sample for sample in make_tables.samples() if sample.name == "tables/patients.psv")
    inner = archive("inner.zip", "", [_renamed(table, "patients.psv"), _renamed(_note("inner"), "Ünï/note.txt")])
    packed = _tar("data.tar", "", [inner, _renamed(_note("tar in zip"), "./note.txt")])
    tar_gz = Sample("backup/data.tar.gz", gzip.compress(packed.content, mtime=0), packed.truth)
    return archive("archives/nested.zip", "A ZIP in a gzipped tape archive in a ZIP", [tar_gz, _renamed(_note("top"), "top.txt")])


def _locked() -> Sample:
    content = locked({"secret.txt": _note("locked").content}, b"password")
    return Sample("archives/locked.zip", content, Truth("Its only member is encrypted", "skipped(encrypted)"))


def _half_locked() -> Sample:
    """An encrypted member among readable ones."""
    note = _renamed(_note("half"), "open.txt")
    content = locked({"sealed.txt": _note("sealed").content}, b"password", {note.name: note.content})
    truth = replace(_joined("One member can be read, one is encrypted", [note]), outcome="partial(members_unread)")
    return Sample("archives/half_locked.zip", content, truth)


def _with_picture() -> Sample:
    """The image is no gap in the archive, as it is none in a folder."""
    picture = next(sample for sample in make_broken.samples() if sample.name == "broken/picture.png")
    return archive("archives/with_picture.zip", "A note and an image", [_renamed(_note("beside a picture"), "note.txt"), picture])
