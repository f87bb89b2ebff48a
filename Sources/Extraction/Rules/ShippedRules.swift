/// The rules that come with Stet: of sites whose pages say nothing by which a program could tell. A cause that other sites
/// share is repaired in the extractor instead. A change here raises `Extractor.version`.
enum ShippedRules {
  static let file = """
    {
      "version": 1,
      "rules": []
    }
    """
}
