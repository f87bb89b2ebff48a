import Storage

extension WARCCaptures {
  /// The captures of a WARC file: plain, or compressed by gzip or zstd, whatever its name says.
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - archive: where revisits find what they repeat, when the file does not hold it.
  ///   - seen: what the same import has read before.
  ///   - takesAll: take images, scripts and the like as well.
  public convenience init(
    path: String, archive: Store, seen: SeenRecords, takesAll: Bool = false
  ) throws(ImportError) {
    let name = path == "-" ? "standard input" : path
    let file = try FileOctets(path: path)
    let octets = WARCOctets(name: name) { () throws(ImportError) in try file.next() }
    var parts = [Part(name: name, octets: octets, verdict: { nil })]
    self.init(name: name, archive: archive, seen: seen, takesAll: takesAll) { () throws(ImportError) in parts.popLast()
    }
  }
}
