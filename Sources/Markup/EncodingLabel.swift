/// An encoding of the WHATWG Encoding Standard and how this system's iconv calls it.
struct EncodingLabel: Hashable {
  /// The standard's name (§4.2), in lower case.
  let name: String

  static let utf8 = EncodingLabel(name: "utf-8")
  static let windows1252 = EncodingLabel(name: "windows-1252")
  static let iso2022jp = EncodingLabel(name: "iso-2022-jp")

  private init(name: String) { self.name = name }

  /// From a label as pages write it (§4.2's table); nil when the standard knows none such, or `replacement`.
  init?(_ label: String) {
    let label = Self.folded(label.utf8)
    guard let name = Self.labels[label] else { return nil }
    self.name = name
  }

  var isUTF16: Bool { name.hasPrefix("utf-16") }
  var isSingleByte: Bool { !isUTF16 && name != "utf-8" && !Self.multiByte.contains(name) }

  /// Never fails on malformed bytes: each becomes U+FFFD and sets `replaced`.
  func decode(_ body: [UInt8]) throws(MarkupError) -> (utf8: [UInt8], replaced: Bool) {
    switch name {
    case "utf-8":
      let valid = (try? UTF8Span(validating: body.span)) != nil  // only whether is of use here
      return valid ? (body, false) : (Array(String(decoding: body, as: UTF8.self).utf8), true)
    case "windows-1252": return (Windows1252.utf8(body), false)
    case "utf-16le", "utf-16be":
      // Markup in UTF-16 has a zero in every other byte; without any, the label is wrong.
      guard body.contains(0) else { return (Windows1252.utf8(body), true) }
      return (UTF16Decoding.utf8(body[...], bigEndian: name == "utf-16be"), false)
    default: return try LegacyDecoder.utf8(body, encoding: Self.iconvNames[name] ?? name)
    }
  }

  /// Lower case, white space at the ends left out.
  static func folded(_ label: some Sequence<UInt8>) -> String {
    let bytes = label.map { (65...90).contains($0) ? $0 | 32 : $0 }
    return String(decoding: bytes.drop { $0 <= 32 }.reversed().drop { $0 <= 32 }.reversed(), as: UTF8.self)
  }

  private static let multiByte: Set<String> = [
    "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr",
  ]

  /// Where glibc's name differs from the standard's. CP932 and CP949 are what the standard means by Shift_JIS and EUC-KR.
  private static let iconvNames = [
    "gb18030": "GB18030", "big5": "BIG5-HKSCS", "euc-jp": "EUC-JP", "iso-2022-jp": "ISO-2022-JP", "shift_jis": "CP932",
    "euc-kr": "CP949", "ibm866": "CP866", "iso-8859-8-i": "ISO-8859-8", "koi8-r": "KOI8-R", "koi8-u": "KOI8-U",
    "macintosh": "MACINTOSH", "windows-874": "CP874", "windows-1250": "CP1250", "windows-1251": "CP1251",
    "windows-1253": "CP1253", "windows-1254": "CP1254", "windows-1255": "CP1255", "windows-1256": "CP1256",
    "windows-1257": "CP1257", "windows-1258": "CP1258", "x-mac-cyrillic": "MAC-UK",
  ]

  private static let labels: [String: String] = {
    let lines = [
      "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
      "utf-16le utf-16 utf16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff", "utf-16be unicodefffe",
      "windows-1252 latin1 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 l1 ascii us-ascii "
        + "ansi_x3.4-1968 cp1252 x-cp1252 cp819 ibm819 csisolatin1 iso8859_1 windows1252",
      "windows-1250 cp1250 x-cp1250", "windows-1251 cp1251 x-cp1251 win-1251", "windows-1253 cp1253 x-cp1253",
      "windows-1254 cp1254 x-cp1254 latin5 l5 iso-8859-9 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 iso-ir-148 csisolatin5",
      "windows-1255 cp1255 x-cp1255", "windows-1256 cp1256 x-cp1256", "windows-1257 cp1257 x-cp1257",
      "windows-1258 cp1258 x-cp1258",
      "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11 iso885911",
      "iso-8859-2 latin2 l2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 csisolatin2",
      "iso-8859-3 latin3 l3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 csisolatin3",
      "iso-8859-4 latin4 l4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 csisolatin4",
      "iso-8859-5 cyrillic iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 csisolatincyrillic",
      "iso-8859-6 arabic iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987 iso-ir-127 asmo-708 ecma-114 csisolatinarabic "
        + "iso-8859-6-e iso-8859-6-i",
      "iso-8859-7 greek greek8 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 ecma-118 elot_928 csisolatingreek "
        + "sun_eu_greek",
      "iso-8859-8 hebrew iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 iso-ir-138 csisolatinhebrew visual iso-8859-8-e",
      "iso-8859-8-i logical csiso88598i", "iso-8859-10 latin6 l6 iso8859-10 iso885910 iso-ir-157 csisolatin6",
      "iso-8859-13 iso8859-13 iso885913", "iso-8859-14 iso8859-14 iso885914",
      "iso-8859-15 latin9 latin-9 l9 iso8859-15 iso885915 iso_8859-15 csisolatin9", "iso-8859-16",
      "koi8-r koi koi8 koi8_r cskoi8r", "koi8-u koi8-ru", "ibm866 866 cp866 csibm866",
      "macintosh mac x-mac-roman csmacintosh", "x-mac-cyrillic x-mac-ukrainian",
      "gb18030 gbk gb2312 gb_2312 gb_2312-80 chinese x-gbk csgb2312 csiso58gb231280 iso-ir-58",
      "big5 big5-hkscs cn-big5 csbig5 x-x-big5", "euc-jp x-euc-jp cseucpkdfmtjapanese", "iso-2022-jp csiso2022jp",
      "shift_jis shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis",
      "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    ]
    var out: [String: String] = [:]
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      for word in words { out[word] = words[0] }
    }
    return out
  }()
}
