import CMyHTML

/// The elements that reading an article tells apart; every other one is `other`, and text is `text`.
public enum Tag: String, Hashable, Sendable, CaseIterable {
  case text = "#text"
  case other = "#other"
  case a, abbr, address, article, aside, audio, b, base, bdi, bdo, big, blockquote, body, br, button, canvas, caption
  case center, cite, code, col, colgroup, data, datalist, dd, del, details, dfn, dialog, dir, div, dl, dt, em, embed
  case fieldset, figcaption, figure, font, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup,
    hr
  case html, i, iframe, img, input, ins, kbd, label, legend, li, link, main, map, mark, math, menu, meta, meter, nav
  case noscript, object, ol, optgroup, option, output, p, param, picture, pre, progress, q, rb, rp, rt, rtc, ruby, s,
    samp
  case script, section, select, small, source, span, strike, strong, style, sub, summary, sup, svg, table, tbody, td
  case template, textarea, tfoot, th, thead, time, title, tr, track, tt, u, ul, `var`, video, wbr

  /// The parser's number for a tag is an index into this; made once.
  static let byNumber: [Tag] = {
    var named: [String: Tag] = [:]
    for tag in Tag.allCases { named[tag.rawValue] = tag }
    return (0..<cmyhtml_tag_count()).map { number in
      guard number != CMYHTML_TAG_TEXT else { return .text }
      guard let name = cmyhtml_tag_name(number) else { return .other }
      return named[String(cString: name)] ?? .other
    }
  }()
}
