/// Any octets, after a first line that is the Content-Type, become well-formed UTF-8.
import Markup

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCharset(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let line = input.firstIndex(of: 10) ?? 0
  let contentType = line > 0 ? String(decoding: input[..<line], as: UTF8.self) : nil
  // An encoding that this system cannot decode is an answer.
  guard let charset = try? Charset(decoding: Array(input[line...]), contentType: contentType) else { return 0 }
  precondition((try? UTF8Span(validating: charset.utf8.span)) != nil, "not well-formed")
  return 0
}
