/// Any octets are WARC records and a ZIP directory: each reads as far as it goes, or says why not.
import ContentCoding
import Formats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWARC(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  _ = records(input, pieces: 7)
  // What is no capture says why; only that it returns is asked here.
  for record in records(input, pieces: count) { _ = try? WARCCapture.decode(record) }
  _ = try? ZIPDirectory.entries(in: input)
  _ = try? ZIPDirectory.end(in: input, at: 0)
  _ = try? gunzip(input, limit: 1 << 20)
  return 0
}

private func records(_ input: [UInt8], pieces size: Int) -> [WARCRecord] {
  var scanner = WARCScanner()
  var found: [WARCRecord] = []
  func drain() {
    while let event = scanner.next() { if case .record(let record, _, _) = event { found.append(record) } }
  }
  for start in stride(from: 0, to: input.count, by: max(1, size)) {
    let end = min(input.count, start + max(1, size))
    scanner.take(Array(input[start..<end]), at: .init(offset: Int64(start)))
    drain()
  }
  scanner.finish()
  drain()
  return found
}
