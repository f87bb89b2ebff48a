import Markup
import Testing

/// Octets to text.
struct CharsetTests {
  private func text(_ charset: Charset) -> String { String(decoding: charset.utf8, as: UTF8.self) }

  @Test(arguments: [
    ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"), (" us-ascii ", "windows-1252"), ("gb2312", "gb18030"),
    ("GBK", "gb18030"), ("shift_jis", "shift_jis"), ("windows-31j", "shift_jis"), ("euc-kr", "euc-kr"),
    ("ks_c_5601-1987", "euc-kr"), ("iso-8859-9", "windows-1254"), ("koi8-r", "koi8-r"), ("tis-620", "windows-874"),
  ])
  func `a label means what the Encoding Standard says`(label: String, name: String) throws {
    // A byte that no UTF-8 has, so that the declaration decides; 0xB0 0xA1 is a character in every encoding here.
    let charset = try Charset(decoding: [0xB0, 0xA1, 0x20], contentType: "text/html; charset=\"\(label)\"")
    #expect(charset.name == name)
    #expect(!text(charset).isEmpty)
  }

  @Test func `byte order marks decide and are left out`() throws {
    let utf8 = try Charset(decoding: [0xEF, 0xBB, 0xBF] + Array("é".utf8), contentType: "text/html; charset=koi8-r")
    #expect(utf8.name == "utf-8")
    #expect(text(utf8) == "é")
    let little = try Charset(decoding: [0xFF, 0xFE, 0x61, 0x00, 0x3D, 0xD8, 0x00, 0xDE])
    #expect(little.name == "utf-16le")
    #expect(text(little) == "a😀")
    let big = try Charset(decoding: [0xFE, 0xFF, 0x00, 0x61, 0xD8, 0x3D])
    #expect(text(big) == "a\u{FFFD}")
  }

  @Test func `a charset sent is followed when the bytes decode in it`() throws {
    let shiftJIS: [UInt8] = [0x93, 0xFA, 0x96, 0x7B]
    #expect(text(try Charset(decoding: shiftJIS, contentType: "text/html;charset=Shift_JIS")) == "日本")
    let gb: [UInt8] = [0xD6, 0xD0, 0xCE, 0xC4]
    #expect(text(try Charset(decoding: gb, contentType: "text/html; Charset=gb2312")) == "中文")
    let koi: [UInt8] = [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4]
    #expect(text(try Charset(decoding: koi, contentType: "text/html; charset=koi8-r")) == "Привет")
    let korean: [UInt8] = [0xC7, 0xD1, 0xB1, 0xB9]
    #expect(text(try Charset(decoding: korean, contentType: "text/html; charset=euc-kr")) == "한국")
  }

  @Test func `valid UTF-8 is UTF-8 whatever single-byte encoding is declared`() throws {
    let body = Array("<meta charset=iso-8859-1>déjà vu".utf8)
    let charset = try Charset(decoding: body, contentType: "text/html; charset=ISO-8859-1")
    #expect(charset.name == "utf-8")
    #expect(text(charset).hasSuffix("déjà vu"))
  }

  @Test func `a few bad bytes do not take UTF-8 away`() throws {
    let charset = try Charset(
      decoding: Array("où déjà ".utf8) + [0xE9] + Array(" été".utf8), contentType: "text/html; charset=utf-8")
    #expect(charset.name == "utf-8")
    #expect(text(charset) == "où déjà \u{FFFD} été")
  }

  @Test func `without any word about it other bytes are windows-1252`() throws {
    let charset = try Charset(decoding: [0x93, 0x63, 0x61, 0x66, 0xE9, 0x20, 0x94, 0x80])
    #expect(charset.name == "windows-1252")
    #expect(text(charset) == "“café ”€")
  }

  @Test(arguments: [
    "<meta charset=windows-1251>", "<META CHARSET='windows-1251' />",
    "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
    "<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>",
  ])
  func `a declaration in the head is read`(declaration: String) throws {
    let padding = String(repeating: "<!-- <meta charset=koi8-r> --><link rel=a href=b>", count: 100)
    let body = Array(declaration.hasPrefix("<?") ? declaration.utf8 : (padding + declaration).utf8) + [0xCF, 0xF0]
    let charset = try Charset(decoding: body)
    #expect(charset.name == "windows-1251")
    #expect(text(charset).hasSuffix("Пр"))
  }

  @Test func `malformed bytes of a legacy encoding are replaced one by one`() throws {
    let body = Array("<meta charset=gbk>".utf8) + [0xD6, 0xD0, 0xFF, 0x3C, 0x70, 0x3E, 0xD6]
    #expect(text(try Charset(decoding: body)).hasSuffix("中\u{FFFD}<p>\u{FFFD}"))
  }

  @Test func `an unknown label is as none`() throws {
    #expect(try Charset(decoding: [0xE9], contentType: "text/html; charset=klingon").name == "windows-1252")
    #expect(try Charset(decoding: []).utf8.isEmpty)
  }

  @Test func `octets that a label calls UTF-16 and that cannot be are windows-1252`() throws {
    let charset = try Charset(decoding: [0x63, 0x61, 0x66, 0xE9, 0xFF, 0xFF], contentType: "text/html; charset=utf-16")
    #expect(text(charset) == "caféÿÿ")
  }
}
