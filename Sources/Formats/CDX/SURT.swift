import Model

/// The Sort-friendly URI Reordering Transform as the field's indexers make it: what CDX files are sorted and searched by.
///
/// It goes further than `WebURL.surt`, by which articles are told apart: `www.`, session ids, the order of a query's
/// arguments and a closing slash do not count, so that all who captured a page have it under one key. The rules are those
/// of the Internet Archive's URL canonicalizer, which wayback machines, pywb and cdxj-indexer share.
public enum SURT {
  /// The key of a URL: `com,example)/2026/ferry?id=7`. A URL whose port is no number stands for itself.
  public static func key(of url: String) -> String {
    var bytes = trimmed(Array(url.utf8)[...]).filter { $0 != 9 && $0 != 10 && $0 != 13 }[...]
    guard !bytes.isEmpty else { return "-" }
    if scheme(of: bytes) == nil { bytes = Array("http://".utf8) + bytes }
    while let inner = bytes.dropping("http://") ?? bytes.dropping("https://"),
      inner.dropping("http://") ?? inner.dropping("https://") != nil
    {
      bytes = inner
    }
    guard let scheme = scheme(of: bytes) else { return url }
    var rest = bytes.dropFirst(scheme.count + 1).prefix { $0 != UInt8(ascii: "#") }
    var authority: ArraySlice<UInt8> = []
    if let after = rest.dropping("//") {
      authority = after.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
      rest = after.dropFirst(authority.count)
    }
    let path = rest.prefix { $0 != UInt8(ascii: "?") }
    let query = rest.dropFirst(path.count + 1)
    guard let (host, port) = hostAndPort(authority) else { return url }
    var out: [UInt8] = []
    if host.isEmpty {
      out += scheme + [UInt8(ascii: ":")]
    } else {
      let name = massaged(canonicalHost(host))
      out += name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).reversed()
        .joined(separator: [UInt8(ascii: ",")])
      if let port, port != defaultPort(scheme) { out += Array(":\(port)".utf8) }
      out.append(UInt8(ascii: ")"))
    }
    let place = canonicalPath(Array(path), hasHost: !host.isEmpty)
    let asked = query.isEmpty ? [] : canonicalQuery(Array(query))
    out += place
    if !asked.isEmpty { out += (place.isEmpty ? [UInt8(ascii: "/")] : []) + [UInt8(ascii: "?")] + asked }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: parts of a URL

  private static func scheme(of url: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), let first = url.first, isLetter(first) else { return nil }
    let name = url[..<colon]
    return name.allSatisfy { isLetter($0) || isDigit($0) || $0 == 43 || $0 == 45 || $0 == 46 } ? name : nil
  }

  /// Nil when the port is no number from 0 to 65535; 0 counts as none.
  private static func hostAndPort(_ authority: ArraySlice<UInt8>) -> (host: [UInt8], port: Int?)? {
    var text = authority
    while text.last == UInt8(ascii: ":") { text = text.dropLast() }
    if let at = text.lastIndex(of: UInt8(ascii: "@")) { text = text[(at + 1)...] }
    var (host, port) = (text, ArraySlice<UInt8>())
    if let open = text.firstIndex(of: UInt8(ascii: "[")) {
      let inner = text[(open + 1)...]
      host = inner.prefix { $0 != UInt8(ascii: "]") }
      port = inner.dropFirst(host.count + 1).drop { $0 != UInt8(ascii: ":") }.dropFirst()
    } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      (host, port) = (text[..<colon], text[(colon + 1)...])
    }
    if port.isEmpty { return (Array(host), nil) }
    guard port.allSatisfy(isDigit), let number = Int(String(decoding: port, as: UTF8.self)), number <= 65535 else {
      return nil
    }
    return (Array(host), number == 0 ? nil : number)
  }

  private static func defaultPort(_ scheme: ArraySlice<UInt8>) -> Int {
    let name = lowered(Array(scheme))
    return name == Array("http".utf8) ? 80 : name == Array("https".utf8) ? 443 : 0
  }

  // MARK: host

  private static func canonicalHost(_ host: [UInt8]) -> [UInt8] {
    var name = unescapedFully(host)
    if name.contains(where: { $0 >= 0x80 }), let ascii = DomainName.ascii(String(decoding: name, as: UTF8.self)) {
      name = Array(ascii.utf8)
    }
    name = collapsedDots(name)
    return IPv4Form.canonical(name) ?? lowered(escaped(lowered(name)))
  }

  /// Each `..` becomes one dot, once over, and none is left at the ends.
  private static func collapsedDots(_ name: [UInt8]) -> [UInt8] {
    var (out, i): ([UInt8], Int) = ([], 0)
    while i < name.count {
      out.append(name[i])
      i += name[i] == 46 && i + 1 < name.count && name[i + 1] == 46 ? 2 : 1
    }
    let dot: (UInt8) -> Bool = { $0 == 46 }
    return Array(out.drop(while: dot).reversed().drop(while: dot).reversed())
  }

  /// Without `www.`, `www2.` and the like.
  private static func massaged(_ host: [UInt8]) -> [UInt8] {
    guard let rest = host[...].dropping("www") else { return host }
    let after = rest.drop(while: isDigit)
    return after.first == UInt8(ascii: ".") ? Array(after.dropFirst()) : host
  }

  // MARK: path and query

  private static func canonicalPath(_ path: [UInt8], hasHost: Bool) -> [UInt8] {
    var out = unescapedFully(path)
    if hasHost { out = normalized(out) }
    out = SessionIDs.strippingPath(lowered(escaped(out)))
    if out.count > 1, out.last == UInt8(ascii: "/") { out.removeLast() }
    return out
  }

  /// Dot segments and doubled slashes undone.
  private static func normalized(_ path: [UInt8]) -> [UInt8] {
    var kept: [ArraySlice<UInt8>] = []
    for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
      if segment.elementsEqual([46]) { continue }
      if segment.elementsEqual([46, 46]), !kept.isEmpty { kept.removeLast() } else { kept.append(segment) }
    }
    var out = [UInt8(ascii: "/")]
    for segment in kept.dropLast() where !segment.isEmpty { out += segment + [UInt8(ascii: "/")] }
    return out + (kept.last ?? [])
  }

  private static func canonicalQuery(_ query: [UInt8]) -> [UInt8] {
    let text = lowered(SessionIDs.strippingQuery(escaped(unescapedFully(query))))
    guard text.count > 1 else { return text }
    let arguments = text.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map {
      $0.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    }
    let sorted = arguments.sorted { a, b in
      for (x, y) in zip(a, b) where !x.elementsEqual(y) { return x.lexicographicallyPrecedes(y) }
      return a.count < b.count
    }
    return Array(sorted.map { $0.joined(separator: [UInt8(ascii: "=")]) }.joined(separator: [UInt8(ascii: "&")]))
  }

  // MARK: octets

  /// Percent-escapes undone, again and again until none is left.
  private static func unescapedFully(_ text: [UInt8]) -> [UInt8] {
    var now = text
    while now.contains(UInt8(ascii: "%")) {
      var (out, i): ([UInt8], Int) = ([], 0)
      while i < now.count {
        if now[i] == UInt8(ascii: "%"), i + 2 < now.count,
          let octet = [UInt8](hexadecimal: now[(i + 1)...(i + 2)])?.first
        {
          out.append(octet)
          i += 3
        } else {
          out.append(now[i])
          i += 1
        }
      }
      if out == now { break }
      now = out
    }
    return now
  }

  /// Everything but printable ASCII escaped, and `#` and `%`, which must not be taken for what they are elsewhere.
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for octet in text {
      if octet > 32, octet < 127, octet != UInt8(ascii: "#"), octet != UInt8(ascii: "%") {
        out.append(octet)
      } else {
        out += [UInt8(ascii: "%")] + Array(CollectionOfOne(octet).hexadecimal.uppercased().utf8)
      }
    }
    return out
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let space: (UInt8) -> Bool = { $0 == 32 || (9...13).contains($0) }
    return Array(text.drop(while: space).reversed().drop(while: space).reversed())
  }

  static func lowered(_ text: [UInt8]) -> [UInt8] { text.map { (65...90).contains($0) ? $0 | 0x20 : $0 } }
  static func isLetter(_ octet: UInt8) -> Bool { (97...122).contains(octet | 0x20) }
  static func isDigit(_ octet: UInt8) -> Bool { (48...57).contains(octet) }
}

extension ArraySlice<UInt8> {
  /// What follows a prefix; nil when it does not begin so.
  func dropping(_ prefix: String) -> ArraySlice<UInt8>? {
    starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
  }
}
