import Foundation
import GRDB
import Model

/// Format 2 to 3: derived state coded anew, from its own rows and not from bodies; digests found by their first octets.
///
/// Runs inside one transaction. Memory is bounded: sentences go by blocks, edits and snapshots one at a time.
enum MigrationToFormat3 {
  static func run(on db: Database) throws {
    try db.execute(sql: ground)
    try db.execute(sql: derived)
    try db.execute(sql: MigrationOfSources.sql)
    do {
      try sentences(in: db)
      try snapshots(in: db)
      try revisions(in: db)
      try sentenceArticles(in: db)
    } catch StorageError.damaged {
      // What cannot be recoded is derived again by the next pass.
      try db.execute(sql: Store.dropping)
    }
    try db.execute(
      sql: """
        DROP TABLE edit_2; DROP TABLE revision_2; DROP TABLE snapshot_2; DROP TABLE sentence_2;
        CREATE INDEX revision_order ON revision (article, ordinal);
        CREATE INDEX revision_at ON revision (first_at, classes);
        """)
  }

  private static func sentences(in db: Database) throws {
    let writer = try SentenceWriter(db, memory: DerivationMemory())
    let rows = try Row.fetchCursor(db, sql: "SELECT id, text FROM sentence_2 ORDER BY id")
    while let row = try rows.next() { try writer.take(Array((try row[1] as String).utf8), as: try row[0]) }
    try writer.finish()
  }

  /// Each against the newest earlier one of an article that said it.
  private static func snapshots(in db: Database) throws {
    let writer = try SnapshotWriter(db, memory: DerivationMemory())
    let before = try db.makeStatement(
      sql: """
        SELECT max(revision_2.snapshot) FROM revision_2 WHERE snapshot < ?1 AND article =
          (SELECT article FROM capture JOIN reading ON reading.capture = capture.id WHERE reading.snapshot = ?1 LIMIT 1)
        """)
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, digest, extractor, language, site, canonical, content FROM snapshot_2 ORDER BY id")
    while let row = try rows.next() {
      try writer.take(
        SnapshotRow(
          id: try row[0], digest: try row[1], extractor: try row[2], language: try row[3], site: try row[4],
          canonical: try row[5], content: [UInt8](try row[6] as Data)),
        before: try Int64.fetchOne(before, arguments: [try row[0] as Int64]))
    }
  }

  /// With their edits, whose wordings become places in the texts.
  private static func revisions(in db: Database) throws {
    let (reader, frames) = (SnapshotReader(), CheckedFrames())
    let insert = try db.makeStatement(
      sql: """
        INSERT INTO revision
          (id, article, ordinal, snapshot, first_capture, last_capture, words_added, words_removed, first_at, classes)
        SELECT id, article, ordinal, snapshot, first_capture, last_capture, words_added, words_removed,
          (SELECT at FROM capture WHERE capture.id = first_capture), ?2 FROM revision_2 WHERE id = ?1
        """)
    let insertEdits = try db.makeStatement(sql: "INSERT INTO edit (revision, count, data) VALUES (?, ?, ?)")
    let find = try db.makeStatement(
      sql: """
        SELECT action, classes, part, before, after, before_index, after_index FROM edit_2 WHERE revision = ? ORDER BY n
        """)
    let rows = try Row.fetchCursor(db, sql: "SELECT id, article, snapshot FROM revision_2 ORDER BY article, ordinal")
    var last: (article: Int64, text: ArticleText)?
    while let row = try rows.next() {
      let (id, article): (Int64, Int64) = (try row[0], try row[1])
      let text = try reader.stored(try row[2], in: db).snapshot.text
      func sentence(_ number: Int64?) throws -> String? { try number.map { try reader.sentences.text($0, in: db) } }
      let edits = try Row.fetchAll(find, arguments: [id]).map { edit in
        guard let action = Edit.Action(rawValue: try edit[0]), let part = Edit.Part(rawValue: try edit[2]) else {
          throw StorageError.damaged(path: "edits of revision \(id)", detail: "an unknown action or part")
        }
        return Edit(
          action: action,
          classes: (try edit[1] as String).split(separator: " ").compactMap { Edit.Class(rawValue: String($0)) },
          part: part, before: try sentence(try edit[3]), after: try sentence(try edit[4]), beforeIndex: try edit[5],
          afterIndex: try edit[6])
      }
      try insert.execute(arguments: [id, EditCoding.set(edits)])
      if !edits.isEmpty {
        let old = last.flatMap { $0.article == article ? $0.text : nil } ?? ArticleText()
        let data = try frames.encode(EditCoding.encode(edits, from: old, to: text))
        try insertEdits.execute(arguments: [id, edits.count, Data(data)])
      }
      last = (article, text)
    }
  }

  private static func sentenceArticles(in db: Database) throws {
    let (reader, sayings) = (SnapshotReader(), try SentenceArticles(db))
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT DISTINCT article, snapshot FROM reading JOIN capture ON capture.id = reading.capture
        WHERE snapshot IS NOT NULL ORDER BY snapshot
        """)
    while let row = try rows.next() {
      try sayings.note(
        try reader.parts(row[1], in: db).flatMap { $0.sentences.map(\.id) }, of: try row[0], before: [])
    }
  }

  /// Digests are unique by triggers and found by an index on their first 8 octets. Tables that hold them are made anew.
  private static let ground = """
    DROP TRIGGER body_update;
    DROP TRIGGER body_delete;
    DROP TRIGGER fields_update;
    DROP TRIGGER fields_delete;
    DROP TRIGGER capture_update;
    DROP TRIGGER capture_delete;
    ALTER TABLE body RENAME TO body_2;
    CREATE TABLE body (
      id     INTEGER PRIMARY KEY,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      size   INTEGER NOT NULL CHECK (size >= 0)
    ) STRICT;
    INSERT INTO body (id, digest, size) SELECT id, digest, size FROM body_2 ORDER BY id;
    DROP TABLE body_2;
    ALTER TABLE fields RENAME TO fields_2;
    CREATE TABLE fields (
      id     INTEGER PRIMARY KEY,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      data   BLOB NOT NULL
    ) STRICT;
    INSERT INTO fields (id, digest, data) SELECT id, digest, data FROM fields_2 ORDER BY id;
    DROP TABLE fields_2;
    ALTER TABLE capture RENAME TO capture_2;
    CREATE TABLE capture (
      id        INTEGER PRIMARY KEY,
      digest    BLOB NOT NULL CHECK (length(digest) = 32),
      article   INTEGER NOT NULL REFERENCES article,
      origin    INTEGER REFERENCES origin,
      url       TEXT,
      at        INTEGER NOT NULL,
      seq       INTEGER NOT NULL,
      status    INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
      fields    INTEGER NOT NULL REFERENCES fields,
      body      INTEGER REFERENCES body,
      refers_to BLOB CHECK (length(refers_to) = 32),
      via       INTEGER REFERENCES capture
    ) STRICT;
    INSERT INTO capture (id, digest, article, origin, url, at, seq, status, fields, body, refers_to, via)
    SELECT id, digest, article, origin, url, at, seq, status, fields, body, refers_to, via FROM capture_2 ORDER BY id;
    DROP TABLE capture_2;
    CREATE INDEX body_digest ON body (substr(digest, 1, 8));
    CREATE INDEX fields_digest ON fields (substr(digest, 1, 8));
    CREATE INDEX capture_digest ON capture (substr(digest, 1, 8));
    CREATE INDEX capture_order ON capture (article, at, seq);
    CREATE INDEX capture_body ON capture (body);
    CREATE INDEX capture_refers_to ON capture (refers_to) WHERE refers_to IS NOT NULL;
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
    """

  /// The tables of derived state, beside those of format 2.
  private static let derived = """
    DROP INDEX sentence_hash;
    DROP INDEX revision_order;
    ALTER TABLE edit RENAME TO edit_2;
    ALTER TABLE revision RENAME TO revision_2;
    ALTER TABLE snapshot RENAME TO snapshot_2;
    ALTER TABLE sentence RENAME TO sentence_2;
    CREATE INDEX revision_2_order ON revision_2 (article, ordinal);
    CREATE TABLE sentence (
      id   INTEGER PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sentence_block (
      id    INTEGER PRIMARY KEY,
      count INTEGER NOT NULL CHECK (count > 0),
      data  BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sentence_hash (
      hash INTEGER NOT NULL,
      id   INTEGER NOT NULL,
      PRIMARY KEY (hash, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sentence_article (
      sentence INTEGER NOT NULL,
      article  INTEGER NOT NULL REFERENCES article,
      PRIMARY KEY (sentence, article)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE sentence_word USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
    CREATE VIRTUAL TABLE word USING fts5vocab (sentence_word, row);
    CREATE TABLE snapshot (
      id        INTEGER PRIMARY KEY,
      digest    BLOB NOT NULL CHECK (length(digest) = 32),
      extractor INTEGER NOT NULL,
      language  TEXT,
      site      TEXT,
      canonical TEXT,
      headline  INTEGER,
      base      INTEGER REFERENCES snapshot CHECK (base < id),
      content   BLOB NOT NULL
    ) STRICT;
    CREATE INDEX snapshot_digest ON snapshot (substr(digest, 1, 8));
    CREATE TABLE revision (
      id            INTEGER PRIMARY KEY,
      article       INTEGER NOT NULL REFERENCES article,
      ordinal       INTEGER NOT NULL CHECK (ordinal >= 1),
      snapshot      INTEGER NOT NULL REFERENCES snapshot,
      first_capture INTEGER NOT NULL REFERENCES capture,
      last_capture  INTEGER NOT NULL REFERENCES capture,
      words_added   INTEGER NOT NULL,
      words_removed INTEGER NOT NULL,
      first_at      INTEGER NOT NULL,
      classes       INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE edit (
      revision INTEGER PRIMARY KEY REFERENCES revision ON DELETE CASCADE,
      count    INTEGER NOT NULL CHECK (count > 0),
      data     BLOB NOT NULL
    ) STRICT;
    """
}
