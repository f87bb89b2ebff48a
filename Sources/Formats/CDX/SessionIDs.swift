/// What web frameworks put into URLs to tell visitors apart, which says nothing about the page.
enum SessionIDs {
  /// ASP.NET's segment before an `.aspx` page: `/(S(…24 characters…))/` or `/(…24 characters…)/`. Lower-case path.
  static func strippingPath(_ path: [UInt8]) -> [UInt8] {
    stripping(stripping(path, isLettered: true), isLettered: false)
  }

  private static func stripping(_ path: [UInt8], isLettered: Bool) -> [UInt8] {
    // The last such segment, as a greedy match has it.
    for start in path.indices.dropFirst().reversed() where path[start] == 40 && path[start - 1] == 47 {
      guard let end = isLettered ? lettered(path, start) : bare(path, start), end + 1 < path.count, path[end] == 41,
        path[end + 1] == 47
      else { continue }
      let rest = path[(end + 2)...]
      // At least one character, none of them a question mark, and then `.aspx`.
      let page = rest.prefix { $0 != UInt8(ascii: "?") }
      guard page.dropFirst().containsText(".aspx") else { continue }
      return Array(path[..<start]) + rest
    }
    return path
  }

  /// Where `(…24…)` ends, when it stands at a place.
  private static func bare(_ path: [UInt8], _ start: Int) -> Int? {
    let end = start + 25
    guard end < path.count, path[(start + 1)..<end].allSatisfy(isAlphanumeric) else { return nil }
    return end
  }

  /// Where `(a(…24…)b(…24…))` ends.
  private static func lettered(_ path: [UInt8], _ start: Int) -> Int? {
    var at = start + 1
    while at + 27 < path.count, SURT.isLetter(path[at]), path[at + 1] == 40, bare(path, at + 1).map({ path[$0] }) == 41
    {
      at += 27
    }
    return at > start + 1 ? at : nil
  }

  /// `jsessionid`, `phpsessid`, `sid`, `ASPSESSIONID…`, and ColdFusion's pair, each by its length, the last of each kind.
  static func strippingQuery(_ query: [UInt8]) -> [UInt8] {
    var out = query
    for name in ["jsessionid=", "phpsessid=", "sid="] {
      out = stripping(out) { $0.after(name)?.taking(32, isAlphanumeric) }
    }
    out = stripping(out) { $0.after("aspsessionid")?.taking(8, SURT.isLetter)?.after("=")?.taking(24, SURT.isLetter) }
    return stripping(out) { text in
      guard let id = text.after("cfid=") else { return nil }
      let rest = id.drop { $0 != UInt8(ascii: "&") }
      guard rest.startIndex > id.startIndex, let token = rest.after("&cftoken=") else { return nil }
      let end = token.drop { $0 != UInt8(ascii: "&") }
      return end.startIndex > token.startIndex ? end : nil
    }
  }

  /// - Parameter match: what follows the id when one begins there.
  private static func stripping(_ query: [UInt8], _ match: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?) -> [UInt8] {
    for start in query.indices.reversed() {
      guard let rest = match(query[start...]), rest.isEmpty || rest.first == UInt8(ascii: "&") else { continue }
      return Array(query[..<start]) + rest.dropFirst()
    }
    return query
  }

  private static func isAlphanumeric(_ octet: UInt8) -> Bool { SURT.isLetter(octet) || SURT.isDigit(octet) }
}

extension ArraySlice<UInt8> {
  /// What follows a prefix of lower-case ASCII, whatever the case of these octets.
  fileprivate func after(_ prefix: String) -> ArraySlice<UInt8>? {
    guard count >= prefix.utf8.count,
      zip(self, prefix.utf8).allSatisfy({ a, b in
        a == b || (65...90).contains(a) && a | 0x20 == b
      })
    else { return nil }
    return dropFirst(prefix.utf8.count)
  }

  fileprivate func taking(_ number: Int, _ kind: (UInt8) -> Bool) -> ArraySlice<UInt8>? {
    guard count >= number, prefix(number).allSatisfy(kind) else { return nil }
    return dropFirst(number)
  }

  fileprivate func containsText(_ text: String) -> Bool {
    indices.contains { self[$0...].starts(with: text.utf8) }
  }
}
