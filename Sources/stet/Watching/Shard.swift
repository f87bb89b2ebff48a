import ArgumentParser
import Model

/// `I/N`: the I-th of N shares of the hosts, from 1.
struct Shard: ExpressibleByArgument {
  let index: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 2, parts[1] >= 1, (1...parts[1]).contains(parts[0]) else { return nil }
    (index, count) = (parts[0], parts[1])
  }

  /// By a digest of the host, so that every machine agrees and a host is never fetched by two.
  func holds(_ url: String) -> Bool {
    let host = (try? WebURL(url))?.host ?? url  // what is no URL fails later, when it is fetched; any shard may have it
    let number = Digest(ofUTF8: host).bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return number % count == index - 1
  }
}
