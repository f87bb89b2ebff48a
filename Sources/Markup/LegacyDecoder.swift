import Glibc

/// Legacy encodings, through the C library's iconv.
enum LegacyDecoder {
  /// Malformed bytes become U+FFFD, one each (a lead byte alone, so that the byte after it is read on its own).
  /// Throws `encodingUnavailable` when iconv has no such converter.
  static func utf8(_ body: [UInt8], encoding: String) throws(MarkupError) -> (utf8: [UInt8], replaced: Bool) {
    guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else {
      throw .encodingUnavailable(encoding.lowercased())
    }
    defer { iconv_close(converter) }
    var (input, out, replaced) = (body, [UInt8](), false)
    out.reserveCapacity(body.count * 3 / 2)
    input.withUnsafeMutableBytes { source in
      var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = source.count
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
        while left > 0 {
          var to = room.baseAddress?.assumingMemoryBound(to: CChar.self)
          var free = room.count
          let done = iconv(converter, &from, &left, &to, &free)
          let failure = errno
          out += room[..<(room.count - free)]
          guard done == -1, failure != E2BIG else { continue }
          // EILSEQ: not a character; EINVAL: cut off at the end.
          replaced = true
          out += [0xEF, 0xBF, 0xBD]
          from = from?.advanced(by: 1)
          left -= 1
        }
      }
    }
    return (out, replaced)
  }
}
