import CCrypto
import Glibc
import Model

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
    var publicKey = secret
    var length = 32
    guard RAND_priv_bytes(&secret, 32) == 1,
      let pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, 32)
    else { throw .failed(path: "origin key", detail: "libcrypto could not make an Ed25519 key") }
    defer { EVP_PKEY_free(pair) }
    guard EVP_PKEY_get_raw_public_key(pair, &publicKey, &length) == 1, length == 32 else {
      throw .failed(path: "origin key", detail: "libcrypto could not make an Ed25519 key")
    }
    return OriginKey(secret: secret, publicKey: publicKey)
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
