import GRDB

/// Format 4 to 5: what a 304 costs (docs/decisions/0016). Values of header fields may stand beside a capture, captures without a
/// body are no part of the index by bodies, and few 304s are found by what they refer to. Rows that are there stay as they are.
enum MigrationToFormat5Checks {
  static func run(on db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE capture ADD COLUMN varying BLOB;
        DROP INDEX capture_body;
        CREATE INDEX capture_body ON capture (body) WHERE body IS NOT NULL;
        DROP INDEX capture_refers_to;
        DROP INDEX reading_snapshot;
        CREATE TABLE forerunner (
          refers_to BLOB NOT NULL,
          capture   INTEGER NOT NULL REFERENCES capture,
          PRIMARY KEY (refers_to, capture)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO forerunner (refers_to, capture)
        SELECT refers_to, id FROM capture AS c WHERE refers_to IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM capture AS r WHERE substr(r.digest, 1, 8) = substr(c.refers_to, 1, 8) AND r.digest = c.refers_to
            AND r.id < c.id AND r.refers_to IS NULL);
        """)
  }
}
