/// What an element means to nesting (HTML §13.1.2.4, §13.2.4).
enum ElementKind {
  /// Blocks ("special" elements): end tags of inline elements do not reach past them.
  case plain
  case inline, formatting
  /// `table`, `object` and the like: most end tags do not reach past them.
  case barrier
  /// `svg` and `math`, where `/>` closes.
  case foreign
  /// No contents.
  case void
  /// Ended by what follows them, or ignored where they do not belong.
  case uncounted

  init(of name: UInt64) { self = Self.byName[name] ?? .inline }

  /// FNV-1a (Fowler, Noll, Vo) of a name in lower case.
  static func key(_ name: some Sequence<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { key = (key ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return key
  }

  private static let byName: [UInt64: ElementKind] = {
    let names: [(ElementKind, String)] = [
      (
        .plain,
        "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer form "
          + "frameset h1 h2 h3 h4 h5 h6 header hgroup iframe listing main menu nav noembed noframes noscript ol plaintext pre "
          + "search section select summary title ul xmp"
      ),
      (.formatting, "a b big code em font i nobr s small strike strong tt u"),
      (.barrier, "table object marquee applet template"),
      (.foreign, "svg math"),
      (
        .void,
        "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
      ),
      (
        .uncounted,
        "html head body p li dd dt option tr td th thead tbody tfoot caption colgroup script style textarea"
      ),
    ]
    var out: [UInt64: ElementKind] = [:]
    for (kind, list) in names { for name in list.utf8.split(separator: 32) { out[key(name)] = kind } }
    return out
  }()
}
