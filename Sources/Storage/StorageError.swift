import Evidence
import GRDB

/// What can go wrong with the archive file.
public enum StorageError: Error, Hashable, Sendable {
  case noArchive(path: String)
  case alreadyExists(path: String)
  case notAnArchive(path: String, detail: String)
  case newer(path: String, format: Int, supported: Int)
  /// Another process holds it for a long job; `holder` says who, as far as is known.
  case inUse(path: String, holder: String)
  case damaged(path: String, detail: String)
  /// A body whose octets no longer have its digest, or cannot be decoded.
  case damagedBody(digest: String, detail: String)
  /// The log is not the one that was signed earlier, by a head or a published checkpoint: captures were lost or changed.
  case contradicted(path: String, detail: String)
  /// Nothing can be signed: the origin key is not beside the archive.
  case noKey(path: String, detail: String)
  /// A checkpoint or a proof is not what it claims to be.
  case proof(ProofError)
  case diskFull(path: String)
  case readOnly(path: String)
  /// `Store.interrupt` stopped it.
  case interrupted(path: String)
  case failed(path: String, detail: String)

  /// Stable name, for `--json`.
  public var code: String {
    switch self {
    case .noArchive: "no-archive"
    case .alreadyExists: "already-exists"
    case .notAnArchive: "not-an-archive"
    case .newer: "newer-format"
    case .inUse: "in-use"
    case .damaged, .damagedBody, .contradicted: "damaged"
    case .noKey: "no-key"
    case .proof(let error): error.code
    case .diskFull: "disk-full"
    case .readOnly: "read-only"
    case .interrupted: "took-too-long"
    case .failed: "storage"
    }
  }

  /// What happened, to what, as the end of a sentence.
  public var message: String {
    switch self {
    case .noArchive(let path): "\(path): there is no archive"
    case .alreadyExists(let path): "\(path): already exists, and nothing is overwritten"
    case .notAnArchive(let path, let detail): "\(path): not a Stet archive (\(detail))"
    case .newer(let path, let format, let supported):
      "\(path): made by a newer stet (archive format \(format); this program knows up to \(supported))"
    case .inUse(let path, let holder): "\(path): in use by \(holder)"
    case .damaged(let path, let detail): "\(path): damaged (\(detail))"
    case .damagedBody(let digest, let detail): "body \(digest): damaged (\(detail))"
    case .contradicted(let path, let detail): "\(path): \(detail)"
    case .noKey(let path, let detail): "\(path): \(detail)"
    case .proof(let error): error.message
    case .diskFull(let path): "\(path): no space left; nothing of the last batch was kept"
    case .readOnly(let path): "\(path): cannot be written to"
    case .interrupted(let path): "\(path): the question took too long and was stopped"
    case .failed(let path, let detail): "\(path): \(detail)"
    }
  }

  public var hint: String? {
    switch self {
    case .noArchive: "make one with `stet init`, or name one with --archive or STET_ARCHIVE"
    case .alreadyExists: "choose another path, or move the file away"
    case .notAnArchive: "check the path given by --archive or STET_ARCHIVE"
    case .newer: "update stet"
    case .inUse: "wait for it to end, or use --wait"
    case .damaged, .damagedBody:
      "run `stet verify --deep` to see what is affected; what is still readable stays readable"
    case .contradicted:
      "compare the archive with a backup: captures that are lost here may be there; the alarm ends when ARCHIVE-head is moved away"
    case .noKey: "the archive's owner has the file ARCHIVE-key; proofs of captures that the head covers need none"
    case .proof(let error): error.hint
    case .diskFull: "free some space and run the command again; what was stored before is safe"
    case .readOnly: "check the permissions of the file and of its folder"
    case .interrupted: "ask for less: fewer articles, a shorter time, a rarer word"
    case .failed: nil
    }
  }

  /// Whether something in the archive is not as it was written.
  var isDamage: Bool {
    switch self {
    case .damaged, .damagedBody: true
    default: false
    }
  }

  init(_ error: DatabaseError, path: String) {
    let detail = error.message ?? error.resultCode.description
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .diskFull(path: path)
      case .SQLITE_READONLY: .readOnly(path: path)
      case .SQLITE_CANTOPEN: .failed(path: path, detail: "cannot be opened; is there such a folder? (\(detail))")
      case .SQLITE_NOTADB: .notAnArchive(path: path, detail: "the file is not a database")
      case .SQLITE_CORRUPT: .damaged(path: path, detail: detail)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(path: path, holder: "another process")
      case .SQLITE_INTERRUPT: .interrupted(path: path)
      case .SQLITE_IOERR: .failed(path: path, detail: "the disk reported an error (\(detail))")
      default: .failed(path: path, detail: detail)
      }
  }
}
