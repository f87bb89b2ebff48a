-- The tables of a Stet archive: the one truth about them, compiled into Storage.
--
-- Instants are whole milliseconds since 1970-01-01T00:00:00Z. Digests are SHA-256, 32 bytes. STRICT tables, foreign keys on.
--
-- GROUND STATE  what was observed: origin, article, body, fields, capture, "check", and log_block, which seals it. Written
--               once; triggers refuse UPDATE and DELETE.
-- CODING        how bodies' octets lie on the disk: loose, packed. Moved by `stet compact`, never removed.
-- DERIVED STATE what follows from it: derivation, reading, snapshot, sentence, sentence_block, sentence_hash, sentence_article,
--               sentence_word (with its word), revision, edit. `stet rebuild` makes it again.
-- The rest      what people set (source, webhook), what changes by nature (sighting, poll, schedule, alias, host, robots, pass,
--               pending, delivery, outbox), and forerunner, an index that follows from capture.

PRAGMA application_id = 0x53746574;  -- "Stet"
PRAGMA user_version = 5;             -- the archive format's number; a migration raises it

-- ───────────────────────────── ground state ─────────────────────────────

-- Who observes. This archive is one; captures merged from other archives bring theirs.
CREATE TABLE origin (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,   -- 'ed25519:' and the public key, 64 hexadecimal digits
  own        INTEGER NOT NULL CHECK (own IN (0, 1)),   -- 1 for this archive's own
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX origin_own ON origin (own) WHERE own = 1;

-- A watched resource, known by its URL.
CREATE TABLE article (
  id       INTEGER PRIMARY KEY,      -- the number people may name it by
  url      TEXT NOT NULL UNIQUE,     -- normal form for what was added; as given for what was imported
  url_key  TEXT NOT NULL,            -- SURT, as CDX files key it
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX article_url_key ON article (url_key);

-- Payload octets, transfer and content coding undone, once per payload digest: what they are. How they lie on the disk
-- stands in loose or packed.
CREATE TABLE body (
  id     INTEGER PRIMARY KEY,
  digest BLOB NOT NULL CHECK (length(digest) = 32),   -- of the octets, before any coding of ours; unique, by a trigger
  size   INTEGER NOT NULL CHECK (size >= 0)           -- octets
) STRICT;
-- Digests are looked up by their first 8 octets: such an index takes a third of the room.
CREATE INDEX body_digest ON body (substr(digest, 1, 8));

-- Bodies as they came in, coded quickly. `compact` moves them to packed; a body has a row in exactly one of the two.
CREATE TABLE loose (
  body   INTEGER PRIMARY KEY REFERENCES body,
  coding INTEGER NOT NULL CHECK (coding IN (0, 1, 2)),   -- of data: 0 as is, 1 a zstd frame, 2 a zstd frame with base as prefix
  base   INTEGER REFERENCES body CHECK (base < body),    -- of coding 2, else NULL; the older one, so that there are no circles
  data   BLOB NOT NULL,
  CHECK ((coding = 2) = (base IS NOT NULL))
) STRICT;

-- Bodies coded thoroughly, appended in order of their ids and never touched again, so that pages are full.
CREATE TABLE packed (
  body   INTEGER PRIMARY KEY REFERENCES body,
  coding INTEGER NOT NULL CHECK (coding IN (0, 1, 2)),
  base   INTEGER REFERENCES body CHECK (base < body),
  data   BLOB NOT NULL,
  CHECK ((coding = 2) = (base IS NOT NULL))
) STRICT;

-- How each body lies on the disk.
CREATE VIEW coded AS
  SELECT body, coding, base, data FROM packed UNION ALL SELECT body, coding, base, data FROM loose;

-- Header fields of responses, what many have in common: once per digest of that.
CREATE TABLE fields (
  id     INTEGER PRIMARY KEY,
  digest BLOB NOT NULL CHECK (length(digest) = 32),   -- of data; unique, by a trigger
  data   BLOB NOT NULL               -- lines `name: value`, LF; NUL for each value that stands in capture.varying
) STRICT;
CREATE INDEX fields_digest ON fields (substr(digest, 1, 8));

-- One response at one instant, whatever its status. A later capture with a body that the article had before, and a 304,
-- are shown as revisits.
CREATE TABLE capture (
  id        INTEGER PRIMARY KEY,
  digest    BLOB NOT NULL CHECK (length(digest) = 32),  -- of its canonical text (docs/FORMAT.md); unique, by a trigger
  article   INTEGER NOT NULL REFERENCES article,
  origin    INTEGER REFERENCES origin,   -- NULL: imported from a file that does not say
  url       TEXT,                    -- asked for; NULL when it is the article's own, as it is but for later hops of a redirect
  at        INTEGER NOT NULL,        -- when the header section had arrived
  seq       INTEGER NOT NULL,        -- orders captures with equal instants
  status    INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
  fields    INTEGER NOT NULL REFERENCES fields,
  body      INTEGER REFERENCES body, -- what came; NULL for a 304, which brings nothing: see refers_to
  refers_to BLOB CHECK (length(refers_to) = 32),             -- of a 304: digest of the capture that still stands
  via       INTEGER REFERENCES capture,  -- the redirect that led here
  varying   BLOB                     -- the values that fields leaves out, in order, each with LF; NULL: it leaves out none
) STRICT;
CREATE INDEX capture_digest ON capture (substr(digest, 1, 8));
CREATE INDEX capture_order ON capture (article, at, seq);
CREATE INDEX capture_body ON capture (body) WHERE body IS NOT NULL;

-- 304s that came into the archive before the capture they refer to, or refer to another 304: when that comes, they are to be
-- read again.
CREATE TABLE forerunner (
  refers_to BLOB NOT NULL,           -- as in capture
  capture   INTEGER NOT NULL REFERENCES capture,
  PRIMARY KEY (refers_to, capture)
) STRICT, WITHOUT ROWID;

-- One attempt to fetch, and how it ended: the log that proves there were no gaps.
CREATE TABLE "check" (
  id          INTEGER PRIMARY KEY,
  article     INTEGER NOT NULL REFERENCES article,
  pass        INTEGER NOT NULL REFERENCES pass,
  at          INTEGER NOT NULL,      -- when the request was sent
  duration_ms INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,      -- body octets received, before decoding
  capture     INTEGER REFERENCES capture,   -- the last response; NULL when none came
  failure     TEXT,                  -- code of what went wrong; NULL when a response was kept as final
  message     TEXT                   -- the same for people
) STRICT;
CREATE INDEX check_order ON "check" (article, at);

-- The log's complete subtrees: row k covers captures 256k + 1 to 256k + 256. The log's entries are capture digests in the
-- order of their ids, which are 1, 2, 3, … without a gap.
CREATE TABLE log_block (
  id   INTEGER PRIMARY KEY CHECK (id >= 0),                -- k
  root BLOB NOT NULL CHECK (length(root) = 32)             -- RFC 9162 §2.1.1 over 256 leaves
) STRICT;

-- ───────────────────────────── derived state ─────────────────────────────

-- Which version of the extractor and of the diff service made it; no row while there is none. A pass by another version makes
-- all of it again, so that a better extractor never looks like a newsroom's edit.
CREATE TABLE derivation (
  version INTEGER NOT NULL
) STRICT;

-- Sentences and field values, each once across all articles, numbered 1, 2, 3, … in the order they came: those that fill
-- no block yet.
CREATE TABLE sentence (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

-- All others, compressed together by about 32 KiB of text; never touched again.
CREATE TABLE sentence_block (
  id    INTEGER PRIMARY KEY,         -- its first sentence
  count INTEGER NOT NULL CHECK (count > 0),
  data  BLOB NOT NULL                -- zstd frame (docs/FORMAT.md)
) STRICT;

-- Finds a sentence by its text.
CREATE TABLE sentence_hash (
  hash INTEGER NOT NULL,             -- first 4 bytes of the SHA-256 of the text, big-endian; finds it, text decides
  id   INTEGER NOT NULL,             -- the sentence
  PRIMARY KEY (hash, id)
) STRICT, WITHOUT ROWID;

-- Who ever said it, in whatever revision.
CREATE TABLE sentence_article (
  sentence INTEGER NOT NULL,
  article  INTEGER NOT NULL REFERENCES article,
  PRIMARY KEY (sentence, article)
) STRICT, WITHOUT ROWID;

-- Finds sentences by their words, short neighbours and ends (docs/FORMAT.md): row n stands for sentence n, and keeps no text.
CREATE VIRTUAL TABLE sentence_word USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');

-- The words of sentence_word, with how many sentences have each.
CREATE VIRTUAL TABLE word USING fts5vocab (sentence_word, row);

-- What an article said, once per content digest.
CREATE TABLE snapshot (
  id        INTEGER PRIMARY KEY,
  digest    BLOB NOT NULL CHECK (length(digest) = 32),   -- content digest (docs/FORMAT.md)
  extractor INTEGER NOT NULL,        -- version of the extractor that read it first
  language  TEXT,                    -- BCP 47, declared
  site      TEXT,
  canonical TEXT,                    -- URL the page names as its own
  headline  INTEGER,                 -- its sentence; NULL when there is none
  base      INTEGER REFERENCES snapshot CHECK (base < id),   -- whose content is the prefix of this one's frame
  content   BLOB NOT NULL            -- zstd frame of blocks of sentence ids, coded as docs/FORMAT.md says
) STRICT;
CREATE INDEX snapshot_digest ON snapshot (substr(digest, 1, 8));

-- What a capture turned out to be, and what it said.
CREATE TABLE reading (
  capture   INTEGER PRIMARY KEY REFERENCES capture,
  extractor INTEGER NOT NULL,
  verdict   TEXT NOT NULL,           -- article, not-an-article, soft-404, blocked, consent-wall, gone, error, redirect
  reason    TEXT,                    -- why it is no article
  snapshot  INTEGER REFERENCES snapshot CHECK ((snapshot IS NOT NULL) = (verdict = 'article')),
  modified  TEXT                     -- when the page says it was last changed
) STRICT;

-- The nth time an article said something other than before.
CREATE TABLE revision (
  id            INTEGER PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES article,
  ordinal       INTEGER NOT NULL CHECK (ordinal >= 1),
  snapshot      INTEGER NOT NULL REFERENCES snapshot,
  first_capture INTEGER NOT NULL REFERENCES capture,   -- the first that said so
  last_capture  INTEGER NOT NULL REFERENCES capture,   -- the last, before another revision
  words_added   INTEGER NOT NULL,    -- against the revision before
  words_removed INTEGER NOT NULL,
  first_at      INTEGER NOT NULL,    -- when first_capture was made
  classes       INTEGER NOT NULL     -- set of the classes of its edits (docs/FORMAT.md); 0 for an article's first
) STRICT;
CREATE INDEX revision_order ON revision (article, ordinal);
CREATE INDEX revision_at ON revision (first_at, classes);   -- which edits of some class were found since when

-- The differences between a revision and the one before, if there are any.
CREATE TABLE edit (
  revision INTEGER PRIMARY KEY REFERENCES revision ON DELETE CASCADE,
  count    INTEGER NOT NULL CHECK (count > 0),
  data     BLOB NOT NULL             -- zstd frame of all of them (docs/FORMAT.md)
) STRICT;

-- ───────────────────────────── the rest ─────────────────────────────

-- Where articles are learnt of: a page is its own one article; a feed, a sitemap or a listing page names many.
CREATE TABLE source (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('page', 'feed', 'sitemap', 'list')),
  parent        INTEGER REFERENCES source,   -- of a sitemap that an index names, or a feed that a page names: that
  title         TEXT,                -- as it names itself
  every_ms      INTEGER CHECK (every_ms > 0),   -- fixed interval of its checks; NULL: by what they found
  user_agent    TEXT,                -- sent instead of Stet's own
  headers       TEXT,                -- sent besides: lines `name: value`, LF
  cookies       TEXT,                -- path of a Netscape cookie file, read at each pass
  allow_private INTEGER NOT NULL DEFAULT 0 CHECK (allow_private IN (0, 1)),   -- 1: private and loopback addresses may be asked
  ignore_robots INTEGER NOT NULL DEFAULT 0 CHECK (ignore_robots IN (0, 1)),
  added_at      INTEGER NOT NULL,
  paused_at     INTEGER,             -- NULL: watched
  removed_at    INTEGER              -- NULL: on the list; what was captured stays
) STRICT;
CREATE INDEX source_parent ON source (parent) WHERE parent IS NOT NULL;

-- Which source named which article: how it came to be watched.
CREATE TABLE sighting (
  article   INTEGER NOT NULL REFERENCES article,
  source    INTEGER NOT NULL REFERENCES source,
  at        INTEGER NOT NULL,        -- when it was first named
  stated_at INTEGER,                 -- when the source says that the article last changed
  PRIMARY KEY (article, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_source ON sighting (source);

-- When a feed, sitemap or listing page is next asked, and what to ask with.
CREATE TABLE poll (
  source        INTEGER PRIMARY KEY REFERENCES source,
  due_at        INTEGER NOT NULL,
  checked_at    INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,   -- in a row
  message       TEXT,                -- what went wrong last, or what could not be read; NULL: nothing
  entity_tag    TEXT,
  last_modified TEXT,
  history       TEXT NOT NULL DEFAULT ''      -- of the instants at which it named something new, as of an article
) STRICT;
CREATE INDEX poll_due ON poll (due_at);

-- When an article is next due, and what to ask with.
CREATE TABLE schedule (
  article       INTEGER PRIMARY KEY REFERENCES article,
  due_at        INTEGER NOT NULL,
  history       TEXT NOT NULL DEFAULT '',     -- what checks found, summed up: docs/FORMAT.md
  failures      INTEGER NOT NULL DEFAULT 0,   -- failed checks in a row
  entity_tag    TEXT,                -- ETag of `validated`, verbatim
  last_modified TEXT,                -- Last-Modified of `validated`, verbatim
  validated     INTEGER REFERENCES capture,   -- the capture that a 304 would refer to
  stopped_at    INTEGER              -- NULL: watched as long as a source names it; else: told to stop, whatever names it
) STRICT;
CREATE INDEX schedule_due ON schedule (due_at);

-- Articles found to be another one under a second URL, and why: fetched no more, while the other is.
CREATE TABLE alias (
  article INTEGER PRIMARY KEY REFERENCES article,
  same_as INTEGER NOT NULL REFERENCES article CHECK (same_as <> article),
  reason  TEXT NOT NULL,             -- canonical, open-graph, moved-permanently, tracking
  capture INTEGER REFERENCES capture,   -- what said so
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX alias_same_as ON alias (same_as);

-- How hosts are to be treated: their pace and their habits.
CREATE TABLE host (
  name       TEXT PRIMARY KEY,       -- lower case, without port
  not_before INTEGER,                -- ask nothing until then; NULL: any time
  failures   INTEGER NOT NULL DEFAULT 0,   -- refusals in a row (429, 503, no connection)
  habit      TEXT NOT NULL DEFAULT ''      -- how its articles are edited, summed up: docs/FORMAT.md
) STRICT, WITHOUT ROWID;

-- What is known of each authority's robots.txt (RFC 9309 §2.4: an answer counts for a day).
CREATE TABLE robots (
  authority         TEXT PRIMARY KEY,   -- scheme://host:port
  checked_at        INTEGER NOT NULL,
  answer            TEXT CHECK (answer IN ('file', 'absent')),   -- the last one; NULL: there never was one
  body              BLOB,               -- of a file, at most 500 KiB
  unreachable_since INTEGER             -- NULL: it answered when it was last asked
) STRICT, WITHOUT ROWID;

-- One run of sync, import or rebuild.
CREATE TABLE pass (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('sync', 'import', 'rebuild')),
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,               -- NULL: running, or it died
  report      TEXT                   -- its counts, as `--json` gave them
) STRICT;

-- Captures that have no reading yet: stored, not derived.
CREATE TABLE pending (
  capture INTEGER PRIMARY KEY REFERENCES capture
) STRICT;

-- Who is told of new edits, and of which.
CREATE TABLE webhook (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL,
  secret        BLOB NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),   -- signs what is sent
  sources       TEXT,                -- only articles that one of these named: numbers of sources parted by spaces; NULL: any
  classes       INTEGER NOT NULL CHECK (classes >= 0),   -- only edits of one of this set (docs/FORMAT.md); 0: of any class
  language      TEXT,                -- only texts that declare it; NULL: any
  stealth       INTEGER NOT NULL CHECK (stealth IN (0, 1)),         -- 1: only stealth edits
  allow_private INTEGER NOT NULL CHECK (allow_private IN (0, 1)),   -- 1: private and loopback addresses may be asked
  added_at      INTEGER NOT NULL,
  told_to       INTEGER NOT NULL,    -- the capture up to which revisions were looked through; 0: none yet
  paused_at     INTEGER,             -- NULL: it is told
  removed_at    INTEGER,             -- NULL: on the list
  message       TEXT                 -- why Stet paused it; NULL: it did not
) STRICT;
CREATE UNIQUE INDEX webhook_url ON webhook (url) WHERE removed_at IS NULL;

-- One notification for one webhook, and what became of it. It tells of a revision, which is known by its first capture, for
-- revisions are derived and their numbers change.
CREATE TABLE delivery (
  id            INTEGER PRIMARY KEY,
  webhook       INTEGER NOT NULL REFERENCES webhook,
  capture       INTEGER NOT NULL REFERENCES capture,
  message_id    TEXT NOT NULL,       -- the same each time that it is sent
  queued_at     INTEGER NOT NULL,
  tries         INTEGER NOT NULL DEFAULT 0,
  next_at       INTEGER,             -- when it is tried again; NULL: it has arrived, or was given up
  tried_at      INTEGER,
  status        INTEGER,             -- of the last answer; NULL: there was none
  failure       TEXT,                -- what went wrong the last time; NULL: nothing
  delivered_at  INTEGER,
  UNIQUE (webhook, capture)
) STRICT;
CREATE INDEX delivery_undelivered ON delivery (webhook, next_at) WHERE delivered_at IS NULL;

-- What notifications say, until they have arrived.
CREATE TABLE outbox (
  delivery INTEGER PRIMARY KEY REFERENCES delivery,
  body     TEXT NOT NULL             -- JSON as it is sent
) STRICT;

-- ───────────────────────────── ground rows are never changed ─────────────────────────────

CREATE TRIGGER origin_update  BEFORE UPDATE ON origin  BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: origin');  END;
CREATE TRIGGER origin_delete  BEFORE DELETE ON origin  BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: origin');  END;
CREATE TRIGGER article_update BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: article'); END;
CREATE TRIGGER article_delete BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: article'); END;
CREATE TRIGGER body_update    BEFORE UPDATE ON body    BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: body');    END;
CREATE TRIGGER body_insert    BEFORE INSERT ON body
  WHEN EXISTS (SELECT 1 FROM body WHERE substr(digest, 1, 8) = substr(NEW.digest, 1, 8) AND digest = NEW.digest)
                                                       BEGIN SELECT RAISE(ABORT, 'ground rows are unique: body');           END;
CREATE TRIGGER body_delete    BEFORE DELETE ON body    BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: body');    END;
CREATE TRIGGER fields_update  BEFORE UPDATE ON fields  BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: fields');  END;
CREATE TRIGGER fields_insert  BEFORE INSERT ON fields
  WHEN EXISTS (SELECT 1 FROM fields WHERE substr(digest, 1, 8) = substr(NEW.digest, 1, 8) AND digest = NEW.digest)
                                                       BEGIN SELECT RAISE(ABORT, 'ground rows are unique: fields');         END;
CREATE TRIGGER fields_delete  BEFORE DELETE ON fields  BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: fields');  END;
CREATE TRIGGER capture_update BEFORE UPDATE ON capture BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: capture'); END;
CREATE TRIGGER capture_insert BEFORE INSERT ON capture
  WHEN EXISTS (SELECT 1 FROM capture WHERE substr(digest, 1, 8) = substr(NEW.digest, 1, 8) AND digest = NEW.digest)
                                                       BEGIN SELECT RAISE(ABORT, 'ground rows are unique: capture');        END;
CREATE TRIGGER capture_delete BEFORE DELETE ON capture BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: capture'); END;
CREATE TRIGGER check_update   BEFORE UPDATE ON "check" BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: check');   END;
CREATE TRIGGER packed_update  BEFORE UPDATE ON packed  BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: packed');  END;
CREATE TRIGGER packed_delete  BEFORE DELETE ON packed  BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: packed');  END;
CREATE TRIGGER loose_update   BEFORE UPDATE ON loose   BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: loose');   END;
CREATE TRIGGER loose_delete   BEFORE DELETE ON loose   WHEN NOT EXISTS (SELECT 1 FROM packed WHERE body = OLD.body)
                                                       BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: loose');   END;
CREATE TRIGGER log_update     BEFORE UPDATE ON log_block BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: log_block'); END;
CREATE TRIGGER log_delete     BEFORE DELETE ON log_block BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: log_block'); END;
CREATE TRIGGER check_delete   BEFORE DELETE ON "check" BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: check');   END;
