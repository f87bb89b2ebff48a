import CCrypto
import Evidence
import Glibc
import Model

extension Store {
  /// Whether the origin key lies beside the archive. Without it nothing new is signed.
  public var hasOriginKey: Bool { access(OriginKey.path(beside: path), F_OK) == 0 }
}

/// An archive's lasting identity: an Ed25519 key pair (RFC 8032).
///
/// The public key is the archive's name in every capture it makes. The private key lies beside the archive in
/// `ARCHIVE-key` (32 octets in hexadecimal, readable by its owner alone), not inside, so that the archive can be given away
/// as evidence without the power to speak for it.
struct OriginKey {
  private let secret: [UInt8]
  private let publicKey: [UInt8]

  var name: String { "ed25519:" + publicKey.hexadecimal }

  /// A new random pair. Throws if libcrypto cannot make one.
  static func make() throws(StorageError) -> OriginKey {
    var secret = [UInt8](repeating: 0, count: 32)
    guard RAND_priv_bytes(&secret, 32) == 1 else {
      throw .failed(path: "origin key", detail: "no randomness to be had")
    }
    return try OriginKey(secret: secret)
  }

  /// The pair of a private key of 32 octets.
  private init(secret: [UInt8]) throws(StorageError) {
    var publicKey = [UInt8](repeating: 0, count: 32)
    var length = 32
    guard let pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, secret.count) else {
      throw .failed(path: "origin key", detail: "libcrypto could not make an Ed25519 key")
    }
    defer { EVP_PKEY_free(pair) }
    guard EVP_PKEY_get_raw_public_key(pair, &publicKey, &length) == 1, length == 32 else {
      throw .failed(path: "origin key", detail: "libcrypto could not make an Ed25519 key")
    }
    (self.secret, self.publicKey) = (secret, publicKey)
  }

  /// Reads the private key that lies beside an archive. Throws `failed` when it is missing or is no key.
  static func load(beside archive: String) throws(StorageError) -> OriginKey {
    let path = Self.path(beside: archive)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .failed(path: path, detail: "the origin key: " + String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 66)
    let count = read(descriptor, &text, text.count)
    guard count >= 64, let secret = [UInt8](hexadecimal: text.prefix(64)) else {
      throw .failed(path: path, detail: "it holds no origin key")
    }
    return try OriginKey(secret: secret)
  }

  /// The same; nil when no key lies there: an archive that was given away speaks for nobody.
  static func find(beside archive: String) throws(StorageError) -> OriginKey? {
    guard access(Self.path(beside: archive), F_OK) == 0 || errno != ENOENT else { return nil }
    return try load(beside: archive)
  }

  /// The key as it signs the archive's log.
  func signing() throws(StorageError) -> SigningKey {
    do { return try SigningKey(logSecret: secret) } catch { throw .proof(error) }
  }

  /// Copies the key of one archive to lie beside another.
  static func copy(beside archive: String, to other: String) throws(StorageError) {
    try load(beside: archive).save(beside: other)
  }

  static func path(beside archive: String) -> String { archive + "-key" }

  /// Writes the private key; refuses to overwrite one.
  func save(beside archive: String) throws(StorageError) {
    let path = Self.path(beside: archive)
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .alreadyExists(path: path) }
      if errno == EROFS || errno == EACCES { throw .readOnly(path: archive) }
      if errno == ENOENT || errno == ENOTDIR { throw .failed(path: archive, detail: "its folder does not exist") }
      throw .failed(path: path, detail: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    let text = Array((secret.hexadecimal + "\n").utf8)
    guard Glibc.write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
      unlink(path)
      throw errno == ENOSPC ? .diskFull(path: path) : .failed(path: path, detail: String(cString: strerror(errno)))
    }
  }

  func remove(beside archive: String) { unlink(Self.path(beside: archive)) }
}
