/// Format 2 to 3: sources may be feeds, sitemaps and listing pages, which name articles; the schedule remembers what checks
/// found; what is known of hosts gets its tables.
enum MigrationOfSources {
  static let sql = """
    CREATE TABLE derivation (
      version INTEGER NOT NULL
    ) STRICT;
    INSERT INTO derivation (version) SELECT max(extractor) FROM reading HAVING max(extractor) IS NOT NULL;
    DROP INDEX IF EXISTS source_article;
    ALTER TABLE source RENAME TO source_2;
    CREATE TABLE source (
      id            INTEGER PRIMARY KEY,
      url           TEXT NOT NULL UNIQUE,
      kind          TEXT NOT NULL CHECK (kind IN ('page', 'feed', 'sitemap', 'list')),
      parent        INTEGER REFERENCES source,
      title         TEXT,
      every_ms      INTEGER CHECK (every_ms > 0),
      user_agent    TEXT,
      headers       TEXT,
      cookies       TEXT,
      allow_private INTEGER NOT NULL DEFAULT 0 CHECK (allow_private IN (0, 1)),
      ignore_robots INTEGER NOT NULL DEFAULT 0 CHECK (ignore_robots IN (0, 1)),
      added_at      INTEGER NOT NULL,
      paused_at     INTEGER,
      removed_at    INTEGER
    ) STRICT;
    CREATE INDEX source_parent ON source (parent) WHERE parent IS NOT NULL;
    INSERT INTO source (id, url, kind, every_ms, added_at, paused_at, removed_at)
      SELECT id, url, kind, every_ms, added_at, paused_at, removed_at FROM source_2;
    CREATE TABLE sighting (
      article   INTEGER NOT NULL REFERENCES article,
      source    INTEGER NOT NULL REFERENCES source,
      at        INTEGER NOT NULL,
      stated_at INTEGER,
      PRIMARY KEY (article, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sighting_source ON sighting (source);
    INSERT INTO sighting (article, source, at) SELECT article, id, added_at FROM source_2;
    DROP TABLE source_2;
    CREATE TABLE poll (
      source        INTEGER PRIMARY KEY REFERENCES source,
      due_at        INTEGER NOT NULL,
      checked_at    INTEGER,
      failures      INTEGER NOT NULL DEFAULT 0,
      message       TEXT,
      entity_tag    TEXT,
      last_modified TEXT,
      history       TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX poll_due ON poll (due_at);
    DROP INDEX IF EXISTS schedule_due;
    ALTER TABLE schedule RENAME TO schedule_2;
    CREATE TABLE schedule (
      article       INTEGER PRIMARY KEY REFERENCES article,
      due_at        INTEGER NOT NULL,
      history       TEXT NOT NULL DEFAULT '',
      failures      INTEGER NOT NULL DEFAULT 0,
      entity_tag    TEXT,
      last_modified TEXT,
      validated     INTEGER REFERENCES capture,
      stopped_at    INTEGER
    ) STRICT;
    CREATE INDEX schedule_due ON schedule (due_at);
    INSERT INTO schedule (article, due_at, failures, entity_tag, last_modified, validated)
      SELECT article, due_at, failures, entity_tag, last_modified, validated FROM schedule_2;
    DROP TABLE schedule_2;
    CREATE TABLE alias (
      article INTEGER PRIMARY KEY REFERENCES article,
      same_as INTEGER NOT NULL REFERENCES article CHECK (same_as <> article),
      reason  TEXT NOT NULL,
      capture INTEGER REFERENCES capture,
      at      INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX alias_same_as ON alias (same_as);
    CREATE TABLE host (
      name       TEXT PRIMARY KEY,
      not_before INTEGER,
      failures   INTEGER NOT NULL DEFAULT 0,
      habit      TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE robots (
      authority         TEXT PRIMARY KEY,
      checked_at        INTEGER NOT NULL,
      answer            TEXT CHECK (answer IN ('file', 'absent')),
      body              BLOB,
      unreachable_since INTEGER
    ) STRICT, WITHOUT ROWID;
    """
}
