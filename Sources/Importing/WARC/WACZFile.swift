import ContentCoding
import Evidence
import Formats
import Storage

extension WARCCaptures {
  /// The captures of all WARC files in a WACZ file (WACZ 1.1.1), a ZIP file read through its directory. Nothing is unpacked to
  /// the disk. Files whose digest is not the one in `datapackage.json`, or whose checksum is not the ZIP directory's, are named
  /// once they have been read: their records are still taken, each by its own digests. A signature that does not hold, or
  /// under which WARC files lie that it does not cover, is another matter: somebody has put other files under it. Then nothing
  /// is read.
  ///
  /// The parameters are those of a WARC file, and:
  /// - Parameter isUnverified: name a signature that does not hold, and read on.
  public convenience init(
    wacz path: String, archive: Store, seen: SeenRecords, takesAll: Bool = false, isUnverified: Bool = false
  ) throws(ImportError) {
    let zip = try ZIPFile(path: path)
    let (digests, early) = try Self.package(in: zip, isUnverified: isUnverified)
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
        let piece = try contents.next()
        running?.take(piece)
        return piece
      }
      return Part(name: name, octets: octets) {
        contents.fault ?? (running?.matches() == false ? Self.otherDigest : nil)
      }
    }
  }

  private static func isWARC(_ name: String) -> Bool {
    [".warc", ".warc.gz", ".warc.zst"].contains { name.hasSuffix($0) }
  }

  /// What `datapackage.json` says, and what is to be told of it and of what vouches for it.
  private static func package(
    in zip: ZIPFile, isUnverified: Bool
  ) throws(ImportError) -> ([String: LabelledDigest], [Item]) {
    var (told, isSigned): ([Item], Bool) = ([], false)
    func lose(_ name: String, _ reason: String) { told.append(.loss(place: "\(zip.path): \(name)", reason: reason)) }
    func read(_ name: String) throws(ImportError) -> [UInt8]? {
      guard let (octets, fault) = try zip.file(named: name) else { return nil }
      if let fault { lose(name, fault) }
      return octets
    }
    let (name, sealName) = ("datapackage.json", "datapackage-digest.json")
    guard let octets = try read(name) else {
      lose(name, "it is missing: no digests can be checked")
      return ([:], told)
    }
    if let seal = try read(sealName) {
      if let digest = DataPackage.digest(in: seal), !digest.isDigest(of: octets[...]) {
        lose(name, "its digest is not the one in \(sealName)")
      }
      let place = "\(zip.path): \(sealName)"
      switch DataPackage.signature(in: seal) {
      case .none: break
      case .other(let by):
        told.append(
          .note(place: place, text: "its signature\(by.map { " by \($0)" } ?? "") is of a kind not checked here"))
      case .note(let note):
        do throws(ProofError) {
          told.append(.note(place: place, text: "signed by \(try signer(of: note, over: octets))"))
          isSigned = true
        } catch {
          guard isUnverified else { throw .badSignature(path: place, detail: error.message) }
          told.append(.loss(place: place, reason: "its signature does not hold: \(error.message)"))
        }
      }
    }
    guard let package = DataPackage(octets) else {
      lose(name, "it is no list of files")
      return ([:], told)
    }
    let here = Set(zip.entries.map(\.name) + zip.unreadable)
    let strays = here.filter { $0.hasPrefix("archive/") && isWARC($0) && !package.paths.contains($0) }.sorted()
    let missing = package.paths.filter { !here.contains($0) }.sorted()
    if isSigned, !isUnverified, let other = strays.first ?? missing.first(where: isWARC) {
      throw .badSignature(
        path: zip.path, detail: strays.isEmpty ? "\(other), which it covers, is missing" : "it does not cover \(other)")
    }
    for stray in strays { lose(stray, "\(name) does not name it") }
    for path in missing { lose(path, "it is missing, and \(name) names it") }
    for entry in zip.entries where !isWARC(entry.name) {
      guard let check = package.digests[entry.name].map(DigestCheck.init) else { continue }
      let contents = try zip.contents(of: entry)
      while case let piece = try contents.next(), !piece.isEmpty { check.take(piece) }
      if let fault = contents.fault ?? (check.matches() ? nil : otherDigest) { lose(entry.name, fault) }
    }
    return (package.digests, told)
  }

  private static let otherDigest = "its digest is not the one in datapackage.json"

  /// The archive whose key signed a package's description, by the name that holds the key.
  private static func signer(of note: String, over description: [UInt8]) throws(ProofError) -> String {
    let note = try SignedNote(Array(note.utf8))
    guard note.text == Array(WACZPackage.noteText(description).utf8) else {
      throw .malformed("signed note", detail: "it is over another datapackage.json")
    }
    let keys = note.signatures.compactMap { VerifierKey(logName: $0.name) }
    return try note.verify(by: keys).map(\.name).joined(separator: ", ")
  }
}
