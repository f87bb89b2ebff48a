import Foundation

/// Captures as the JSON Lines that `stet import jsonl` reads.
public enum ImportLine {
  /// One capture of a page, so many minutes after 10:00 on 20 November 2026.
  public static func page(
    _ page: ArticlePage, url: String = "https://post.example/2026/11/ferry", minute: Int, seq: Int? = nil
  ) throws -> String {
    try line(["body": page.html], url: url, minute: minute, seq: seq, status: 200)
  }

  public static func other(
    _ status: Int, _ body: String, url: String = "https://post.example/2026/11/ferry", minute: Int
  ) throws -> String {
    try line(["body": body], url: url, minute: minute, seq: nil, status: status)
  }

  private static func line(
    _ more: [String: String], url: String, minute: Int, seq: Int?, status: Int
  ) throws -> String {
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    var members: [String: Any] = more
    members["url"] = url
    members["status"] = status
    members["captured_at"] = "2026-11-20T\(two(10 + minute / 60)):\(two(minute % 60)):00.000Z"
    members["content_type"] = "text/html; charset=utf-8"
    if let seq { members["seq"] = seq }
    return String(decoding: try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys]), as: UTF8.self)
      + "\n"
  }
}
