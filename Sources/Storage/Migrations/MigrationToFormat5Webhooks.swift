import GRDB

/// Format 4 to 5: who is told of new edits, and what became of it.
enum MigrationToFormat5Webhooks {
  static func run(on db: Database) throws { try db.execute(sql: sql) }

  private static let sql = """
    CREATE TABLE webhook (
      id            INTEGER PRIMARY KEY,
      url           TEXT NOT NULL,
      secret        BLOB NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
      sources       TEXT,
      classes       INTEGER NOT NULL CHECK (classes >= 0),
      language      TEXT,
      stealth       INTEGER NOT NULL CHECK (stealth IN (0, 1)),
      allow_private INTEGER NOT NULL CHECK (allow_private IN (0, 1)),
      added_at      INTEGER NOT NULL,
      told_to       INTEGER NOT NULL,
      paused_at     INTEGER,
      removed_at    INTEGER,
      message       TEXT
    ) STRICT;
    CREATE UNIQUE INDEX webhook_url ON webhook (url) WHERE removed_at IS NULL;
    CREATE TABLE delivery (
      id            INTEGER PRIMARY KEY,
      webhook       INTEGER NOT NULL REFERENCES webhook,
      capture       INTEGER NOT NULL REFERENCES capture,
      message_id    TEXT NOT NULL,
      queued_at     INTEGER NOT NULL,
      tries         INTEGER NOT NULL DEFAULT 0,
      next_at       INTEGER,
      tried_at      INTEGER,
      status        INTEGER,
      failure       TEXT,
      delivered_at  INTEGER,
      UNIQUE (webhook, capture)
    ) STRICT;
    CREATE INDEX delivery_undelivered ON delivery (webhook, next_at) WHERE delivered_at IS NULL;
    CREATE TABLE outbox (
      delivery INTEGER PRIMARY KEY REFERENCES delivery,
      body     TEXT NOT NULL
    ) STRICT;
    """
}
