"""The tables of a state store, and how older ones become what they are now."""

from typing import Final

APPLICATION: Final = 0x444F5753
"""`DOWS`: marks a SQLite file as ours (`PRAGMA application_id`)."""

_FIRST: Final = """
-- What must be known of the store as a whole.
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row for each start of a scan. status: running, finished, undelivered, interrupted. What a run that is not finished found was
-- reported to nobody for certain, so the next one that meets it calls it new again.
CREATE TABLE run (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  job TEXT,
  status TEXT NOT NULL,
  started REAL NOT NULL,
  ended REAL,
  record TEXT NOT NULL,
  summary TEXT,
  mark TEXT,
  seen BLOB
);
CREATE INDEX run_id ON run (id);

-- Where objects lie: `file` and nothing, or `s3` and a bucket; and as what the user named it (the folder of the target).
CREATE TABLE place (id INTEGER PRIMARY KEY, store TEXT NOT NULL, bucket BLOB NOT NULL, UNIQUE (store, bucket));

-- Under what circumstances an object was read.
CREATE TABLE circumstance (id INTEGER PRIMARY KEY, rules TEXT NOT NULL, reading TEXT NOT NULL, UNIQUE (rules, reading));

-- The last reading of each object. place and key identify it, root is how it was named. key: the path of a file, the key in a
-- bucket. outcome: NULL is scanned, else [status, reason, detail]. trusted: whether an unchanged etag proves unchanged content.
-- aside: why a later run did not read it, in the form of outcome, and fourthly what it listed if that was not what was read
-- (size, modified, etag, class); the reading before stays what it was.
-- detections: how many rows there are of it in the table of that name. gone: the run that did not meet it any more.
CREATE TABLE object (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL,
  key BLOB NOT NULL,
  version TEXT NOT NULL,
  root INTEGER NOT NULL,
  size INTEGER NOT NULL,
  modified INTEGER,
  etag TEXT NOT NULL,
  class TEXT,
  media TEXT,
  bytes_read INTEGER NOT NULL,
  run INTEGER NOT NULL,
  circumstance INTEGER NOT NULL,
  trusted INTEGER NOT NULL,
  detections INTEGER NOT NULL,
  outcome TEXT,
  aside TEXT,
  more TEXT,
  gone INTEGER
);
CREATE UNIQUE INDEX object_name ON object (place, key, version);
CREATE INDEX object_gone ON object (gone) WHERE gone IS NOT NULL;

-- One row for each identifier that was ever found in an object. present: the last reading found it. opened: it makes, or made,
-- a finding. The runs in new, changed and resolved say when it last became so; unseen: the run that last looked in vain.
CREATE TABLE detection (
  id INTEGER PRIMARY KEY,
  object INTEGER NOT NULL,
  identifier TEXT NOT NULL,
  count INTEGER NOT NULL,
  confidence INTEGER NOT NULL,
  severity TEXT,
  present INTEGER NOT NULL,
  first_seen REAL NOT NULL,
  last_seen REAL NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER,
  unseen INTEGER,
  resolved INTEGER,
  resolution TEXT,
  occurrences BLOB NOT NULL,
  UNIQUE (object, identifier)
);
CREATE INDEX detection_resolved ON detection (resolved) WHERE resolved IS NOT NULL;

-- Enough of each identifier that was found to report it when its declaration is not at hand.
CREATE TABLE identifier (id TEXT PRIMARY KEY, declaration TEXT NOT NULL) WITHOUT ROWID;
"""

_POSTURE: Final = """
-- One run of dowse posture, or of a scan with --posture. summary: its last record, with the roles.
CREATE TABLE posture_run (seq INTEGER PRIMARY KEY AUTOINCREMENT, started REAL NOT NULL, targets TEXT NOT NULL, summary TEXT NOT NULL);

-- What each bucket was last seen to be like. endpoint: of the store, empty for the store's own; account: empty if it is not known.
-- record: of dowse posture, compressed. gone: the run that knew that there is no such bucket any more.
CREATE TABLE posture (
  store TEXT NOT NULL,
  bucket TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  account TEXT NOT NULL,
  run INTEGER NOT NULL,
  gone INTEGER,
  record BLOB NOT NULL,
  PRIMARY KEY (store, bucket)
) WITHOUT ROWID;

-- Findings on how buckets are set up. subject: what in the bucket it is about. The runs in new, changed and resolved say when it last
-- became so; resolved is NULL while it is open.
CREATE TABLE policy (
  store TEXT NOT NULL,
  bucket TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  severity TEXT NOT NULL,
  detail TEXT NOT NULL,
  first_seen REAL NOT NULL,
  last_seen REAL NOT NULL,
  new INTEGER NOT NULL,
  changed INTEGER,
  resolved INTEGER,
  PRIMARY KEY (store, bucket, type, subject)
) WITHOUT ROWID;
"""

_DELIVERED: Final = """
-- 0 if an output did not take what the run said: what became so in it, by the columns of policy, is told once more.
ALTER TABLE posture_run ADD COLUMN delivered INTEGER NOT NULL DEFAULT 1;
"""

MIGRATIONS: Final[tuple[str, ...]] = (_FIRST, _POSTURE, _DELIVERED)
"""Number n makes version n+1 out of version n. None is ever changed once it was released; new ones are added behind."""
