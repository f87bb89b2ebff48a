import CBrotli

extension HTTPCoding {
  /// A whole Brotli stream (RFC 7932) undone. It has neither a magic number nor a checksum: anything that is not Brotli fails
  /// sooner or later as damaged.
  static func unpackBrotli(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
    guard let decoder = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .unavailable("out of memory") }
    defer { BrotliDecoderDestroyInstance(decoder) }
    let pieceSize = min(limit, max(65_536, 4 * coded.count)) + 1
    var (out, used): ([UInt8], Int) = ([], 0)
    while true {
      var result = BROTLI_DECODER_RESULT_ERROR
      let piece = coded.withUnsafeBufferPointer { source in
        [UInt8](unsafeUninitializedCapacity: pieceSize) { target, count in
          var (left, room) = (source.count - used, pieceSize)
          var (input, output) = (source.baseAddress.map { $0 + used }, target.baseAddress)
          result = BrotliDecoderDecompressStream(decoder, &left, &input, &room, &output, nil)
          (used, count) = (source.count - left, pieceSize - room)
        }
      }
      guard piece.count <= limit - out.count else { throw .tooLarge(limitBytes: limit) }
      if out.isEmpty { out = piece } else { out += piece }
      switch result {
      case BROTLI_DECODER_RESULT_SUCCESS where used == coded.count: return out
      case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: continue
      default: throw .damaged(brotli.name)
      }
    }
  }
}
