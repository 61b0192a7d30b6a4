"""The rows of the table: what is scanned, how its plain reading is timed, and what is wanted of the scan."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row must reach; None where nothing is asked.

    :param rate: of the row's unit in a CPU second
    :param share: of the rate of the plain reading
    :param other_rate: of the row's second unit; reaching it serves as well as reaching `rate`
    """

    rate: float | None = None
    share: float | None = None
    other_rate: float | None = None

    def reached(self, rate: float, share: float | None, other_rate: float | None = None) -> bool:
        """Whether a row with these figures is good enough."""
        fast = self.rate is None or rate >= self.rate
        if not fast and self.other_rate is not None and other_rate is not None:
            fast = other_rate >= self.other_rate
        return fast and (self.share is None or (share is not None and share >= self.share))

    def told(self, unit: str, other_unit: str) -> str:
        """`100 MB/s and 45 % of raw`."""
        rates = [f"{self.rate:g} {unit}/s"] if self.rate is not None else []
        if self.other_rate is not None:
            rates.append(f"{self.other_rate:g} {other_unit}/s")
        shares = [f"{self.share:.0%} of raw".replace("%", " %")] if self.share is not None else []
        return " and ".join([*([" or ".join(rates)] if rates else []), *shares])


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of input.

    :param kind: of `benchmarks.make_data`
    :param raw: a way of `benchmarks.raw_read`; empty where there is none to compare with
    :param unit: what is counted: MB, files or pages
    """

    title: str
    kind: str
    raw: str
    unit: str
    floor: Wanted
    aim: Wanted
    other_unit: str = ""


ROWS: Final = (
    Row("wide CSV, 1-2 % of cells sensitive", "wide.csv", "csv", "MB", Wanted(100, 0.45), Wanted(share=0.7)),
    Row("dense CSV, every column sensitive", "dense.csv", "csv", "MB", Wanted(80, 0.25), Wanted(share=0.45)),
    Row("JSON Lines events", "events.jsonl", "jsonl", "MB", Wanted(110, 0.6), Wanted(share=0.8)),
    Row("Parquet snappy, wide", "wide.parquet", "parquet", "MB", Wanted(80), Wanted(share=0.6)),
    Row("Parquet zstd, dense", "dense.parquet", "parquet", "MB", Wanted(50), Wanted(share=0.4)),
    Row("logs", "service.log", "bytes", "MB", Wanted(140), Wanted(300)),
    Row("prose", "prose.txt", "bytes", "MB", Wanted(170), Wanted(300)),
    Row("source code", "source.txt", "bytes", "MB", Wanted(140), Wanted(300)),
    Row("small files of 1-100 KB, mixed", "small_files", "bytes", "files", Wanted(1000, other_rate=50), Wanted(3000), "MB"),
    Row("PDF, extraction and detection", "pdfs", "pdf", "pages", Wanted(250), Wanted(share=0.9)),
    Row("DOCX, MB of text", "documents", "", "MB", Wanted(15), Wanted(30)),
)

# Resident bytes of the largest worker at any moment, in MB of 10**6 bytes.
MEMORY_FLOOR_MB: Final = 400
MEMORY_AIM_MB: Final = 250
# Wall time with one worker over wall time with two.
TWO_WORKERS_FLOOR: Final = 1.8
TWO_WORKERS_AIM: Final = 1.95
