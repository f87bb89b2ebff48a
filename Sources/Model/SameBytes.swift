/// Equality of texts as an archive means it: octet by octet.

/// Whether two texts are the same bytes. Swift's `==` also takes canonically equivalent ones for the same.
public func sameBytes(_ a: String, _ b: String) -> Bool {
  guard a.utf8.count == b.utf8.count else { return false }
  var (a, b) = (a, b)
  return a.withUTF8 { a in b.withUTF8 { b in equalBytes(UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b)) } }
}

/// Whether two stretches are the same bytes, eight at a time.
public func equalBytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count else { return false }
  var i = 0
  while i + 8 <= a.count {
    if a.loadUnaligned(fromByteOffset: i, as: UInt64.self) != b.loadUnaligned(fromByteOffset: i, as: UInt64.self) {
      return false
    }
    i += 8
  }
  while i < a.count {
    if a[i] != b[i] { return false }
    i += 1
  }
  return true
}
