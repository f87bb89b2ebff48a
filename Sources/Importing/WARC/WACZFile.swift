import ContentCoding
import Formats
import Storage

extension WARCCaptures {
  /// The captures of all WARC files in a WACZ file (WACZ 1.1.1), a ZIP file read through its directory. Nothing is unpacked to
  /// the disk. Files whose digest is not the one in `datapackage.json` are named once they have been read: their records are
  /// still taken, each by its own digests.
  ///
  /// The parameters are those of a WARC file.
  public convenience init(
    wacz path: String, archive: Store, seen: SeenRecords, takesAll: Bool = false
  ) throws(ImportError) {
    let zip = try ZIPFile(path: path)
    let (digests, early) = try Self.digests(in: zip)
    var left = zip.entries.filter { $0.name.hasPrefix("archive/") && Self.isWARC($0.name) }.makeIterator()
    let unreadable = zip.unreadable.filter(Self.isWARC).map {
      Item.loss(place: "\(path): \($0)", reason: "it is encrypted, or compressed in a way that is not known")
    }
    if zip.entries.allSatisfy({ !$0.name.hasPrefix("archive/") || !Self.isWARC($0.name) }), unreadable.isEmpty {
      throw .unreadable(path: path, detail: "it holds no WARC file under archive/")
    }
    self.init(
      name: path, archive: archive, seen: seen, takesAll: takesAll, early: early + unreadable
    ) { () throws(ImportError) in
      guard let entry = left.next() else { return nil }
      let name = "\(path): \(entry.name)"
      let running = digests[entry.name].map(DigestCheck.init)
      let contents = try zip.contents(of: entry)
      let octets = WARCOctets(name: name) { () throws(ImportError) in
        let piece = try contents()
        running?.take(piece)
        return piece
      }
      return Part(name: name, octets: octets) {
        running?.matches() == false ? "its digest is not the one in datapackage.json" : nil
      }
    }
  }

  private static func isWARC(_ name: String) -> Bool {
    [".warc", ".warc.gz", ".warc.zst"].contains { name.hasSuffix($0) }
  }

  /// What `datapackage.json` says, and what is wrong with it.
  private static func digests(in zip: ZIPFile) throws(ImportError) -> ([String: LabelledDigest], [Item]) {
    func loss(_ name: String, _ reason: String) -> Item { .loss(place: "\(zip.path): \(name)", reason: reason) }
    let name = "datapackage.json"
    guard let octets = try zip.file(named: name) else {
      return ([:], [loss(name, "it is missing: no digests can be checked")])
    }
    guard let package = DataPackage(octets) else { return ([:], [loss(name, "it is no list of files")]) }
    guard let stated = try zip.file(named: "datapackage-digest.json").flatMap(DataPackage.digest) else {
      return (package.digests, [])
    }
    let isRight = stated.isDigest(of: octets[...])
    return (package.digests, isRight ? [] : [loss(name, "its digest is not the one in datapackage-digest.json")])
  }
}
