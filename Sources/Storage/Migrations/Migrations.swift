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
        try step.run(db)
        guard try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") == nil else {
          throw StorageError.damaged(path: "migrating to format \(step.to)", detail: "a reference does not hold")
        }
        try db.execute(sql: "PRAGMA user_version = \(step.to)")
        return .commit
      }
    }
  }

  private static let steps: [(to: Int, run: @Sendable (Database) throws -> Void)] = [
    (
      2,
      { db in
        try db.execute(sql: toFormat2)
        try Store.sealLog(in: db)
      }
    ),
    (3, MigrationToFormat3.run),
    (4, MigrationToFormat4.run),
    (
      5,
      { db in
        try MigrationToFormat5Checks.run(on: db)
        try MigrationToFormat5Webhooks.run(on: db)
      }
    ),
  ]

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
}
