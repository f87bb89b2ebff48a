import Markup
import Model

/// Elements whose attributes give a date.
extension PageFields {
  /// What an element's attributes say of a date: nil when they have nothing to do with one; whether it is that of a change,
  /// nil where they do not say.
  func given(by index: Int) -> (stamp: PartialTimestamp?, isUpdate: Bool?, isLoose: Bool)? {
    let tree = outline.tree
    let tag = tree.nodes[index].tag
    let isDetail = tag == .abbr || tag == .time || outline.marks[index].contains(.details)
    guard tag == .time || tree.nodes[index].attributes.contains(where: { mayDate($0, isDetail: isDetail) }),
      tag != .ins, tag != .del, tag != .script
    else { return nil }
    var (strict, loose): ([String], [String]) = ([], [])
    var (isDate, isTime, isUpdate): (Bool, Bool, Bool?) = (false, tag == .time, nil)
    for attribute in tree.nodes[index].attributes where tree.attributes[attribute].value.count < 120 {
      let value = String(decoding: tree.bytes[tree.attributes[attribute].value], as: UTF8.self)
      switch String(decoding: tree.bytes[tree.attributes[attribute].name].prefix(24), as: UTF8.self) {
      case "datetime":
        isTime = true
        strict.insert(value, at: 0)
      case "content", "value": strict.append(value)
      case "title", "aria-label": if isDetail { loose.append(value) }
      case "itemprop", "property":
        let property = value.lowercased()
        guard Self.properties.contains(where: property.contains) else { continue }
        (isDate, isUpdate) = (true, property.contains("modified"))
      case "class":
        let name = value.lowercased()
        let isOfUpdate = ["updat", "modif"].contains(where: name.contains) && !name.contains("publ")
        if isOfUpdate, !name.contains("entry-date"), isUpdate == nil { isUpdate = true }
      default:
        guard mayDate(attribute, isDetail: false) else { continue }
        if PartialTimestamp(value) != nil || value.utf8.allSatisfy({ (48...57).contains($0) }) { loose.append(value) }
      }
    }
    if isDate || isTime { return ((strict + loose).lazy.compactMap { timestamp($0) }.first, isUpdate, false) }
    guard !loose.isEmpty, tree.textBytes(of: index).count < 80,
      let stamp = loose.lazy.compactMap({ timestamp($0) }).first
    else { return nil }
    return (stamp, isUpdate, true)
  }

  /// Whether an attribute's name is one of those that give dates: `datetime`, `itemprop`, `property`, `data-` and a word for it,
  /// and the tooltip and label of an element that is marked as a detail.
  private func mayDate(_ attribute: Int, isDetail: Bool) -> Bool {
    let name = outline.tree.bytes[outline.tree.attributes[attribute].name]
    switch name.count {
    case 5: return isDetail && name.elementsEqual("title".utf8)
    case 8 where ["datetime", "itemprop", "property"].contains { name.elementsEqual($0.utf8) }: return true
    case 9...24 where name.starts(with: "data-".utf8):
      return Self.dataWords.contains { BodySelection.contains(Array(name), $0) }
    case 10: return isDetail && name.elementsEqual("aria-label".utf8)
    default: return false
    }
  }

  private static let dataWords = ["date", "time", "publish"].map { Array($0.utf8) }

  /// Of microdata and RDFa, in lower case.
  private static let properties = [
    "datepublished", "datemodified", "datecreated", "published_time", "modified_time", "dc:date", "dc:created",
    "dc:issued", "dc:modified", "dcterms:created", "dcterms:issued", "dcterms:modified",
  ]
}
