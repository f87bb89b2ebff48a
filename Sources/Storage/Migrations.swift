import GRDB

/// How an archive of an earlier format becomes one of today's: steps of one format each, in order, each in a transaction of
/// its own. A step that was released is never edited.
enum Migration {
  /// Brings an archive up to `Store.format`. The caller holds the write lock.
  static func run(from found: Int, on db: Database) throws {
    for step in steps where step.to > found {
      // Tables are made anew under their old names, which references must survive; the check at the end takes its place.
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON")
      // Fails only with the connection, and then nothing more is asked of it.
      defer { try? db.execute(sql: "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON") }
      try db.inTransaction(.immediate) {
        try db.execute(sql: step.sql)
        if step.to == 2 { try Store.sealLog(in: db) }
        guard try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil else {
          throw StorageError.damaged(path: "migrating to format \(step.to)", detail: "a reference does not hold")
        }
        try db.execute(sql: "PRAGMA user_version = \(step.to)")
        return .commit
      }
    }
  }

  private static let steps: [(to: Int, sql: String)] = [(2, toFormat2), (3, toFormat3)]

  /// Bodies' octets move to `loose`, from where `compact` moves them to `packed`, while `body` stays as it is; the log gets its
  /// table.
  private static let toFormat2 = """
    DROP TRIGGER body_update;
    DROP TRIGGER body_delete;
    ALTER TABLE body RENAME TO body_1;
    CREATE TABLE body (
      id     INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      size   INTEGER NOT NULL CHECK (size >= 0)
    ) STRICT;
    INSERT INTO body (id, digest, size) SELECT id, digest, size FROM body_1 ORDER BY id;
    CREATE TABLE loose (
      body   INTEGER PRIMARY KEY REFERENCES body,
      coding INTEGER NOT NULL CHECK (coding IN (0, 1, 2)),
      base   INTEGER REFERENCES body CHECK (base < body),
      data   BLOB NOT NULL,
      CHECK ((coding = 2) = (base IS NOT NULL))
    ) STRICT;
    INSERT INTO loose (body, coding, base, data) SELECT id, coding, NULL, data FROM body_1 ORDER BY id;
    DROP TABLE body_1;
    CREATE TABLE packed (
      body   INTEGER PRIMARY KEY REFERENCES body,
      coding INTEGER NOT NULL CHECK (coding IN (0, 1, 2)),
      base   INTEGER REFERENCES body CHECK (base < body),
      data   BLOB NOT NULL,
      CHECK ((coding = 2) = (base IS NOT NULL))
    ) STRICT;
    CREATE VIEW coded AS
      SELECT body, coding, base, data FROM packed UNION ALL SELECT body, coding, base, data FROM loose;
    CREATE TABLE log_block (
      id   INTEGER PRIMARY KEY CHECK (id >= 0),
      root BLOB NOT NULL CHECK (length(root) = 32)
    ) STRICT;
    CREATE TRIGGER body_update    BEFORE UPDATE ON body    BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: body');    END;
    CREATE TRIGGER body_delete    BEFORE DELETE ON body    BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: body');    END;
    CREATE TRIGGER packed_update  BEFORE UPDATE ON packed  BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: packed');  END;
    CREATE TRIGGER packed_delete  BEFORE DELETE ON packed  BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: packed');  END;
    CREATE TRIGGER loose_update   BEFORE UPDATE ON loose   BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: loose');   END;
    CREATE TRIGGER loose_delete   BEFORE DELETE ON loose   WHEN NOT EXISTS (SELECT 1 FROM packed WHERE body = OLD.body)
                                                           BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: loose');   END;
    CREATE TRIGGER log_update     BEFORE UPDATE ON log_block BEGIN SELECT RAISE(ABORT, 'ground rows are never updated: log_block'); END;
    CREATE TRIGGER log_delete     BEFORE DELETE ON log_block BEGIN SELECT RAISE(ABORT, 'ground rows are never deleted: log_block'); END;
    """

  /// Sources may be feeds, sitemaps and listing pages, which name articles; the schedule remembers what checks found; what is
  /// known of hosts gets its tables.
  private static let toFormat3 = """
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
