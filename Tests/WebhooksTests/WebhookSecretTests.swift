import Testing
import Webhooks

/// Secrets and signatures. The signatures here were made by Python's hmac module, but for the first, which is the one that the
/// libraries of Standard Webhooks are tested with (github.com/standard-webhooks/standard-webhooks).
struct WebhookSecretTests {
  private static let signed: [(secret: String, id: String, timestamp: Int64, body: String, signature: String)] = [
    (
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330,
      #"{"test": 2432232314}"#, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    ),
    (
      "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "msg_1", 0, "", "v1,W9PZMWjJ2kuruF2O1vxh5jodPysakySIEiOr0eie3Zs="
    ),
    (
      "whsec_yMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5uc=", "msg_2", 1_795_300_000, #"{"type":"test"}"#,
      "v1,I0Yw8XtYVraviMtwwnJxokoK9W69TEF0h3a9VzPqMNY="
    ),
    (
      "whsec_" + String(repeating: "/", count: 85) + "w==", "msg_3", 1_795_300_000, "Grüße, 启航",
      "v1,KClnS8FxTnS0BXY1IeUxz+ZX7SkuQQCYGLARb+GrMqs="
    ),
  ]

  @Test(arguments: signed.indices)
  func `a signature is that of the specification`(n: Int) throws {
    let (text, id, timestamp, body, signature) = Self.signed[n]
    let secret = try #require(WebhookSecret(text))
    #expect(secret.text == text)
    #expect(secret.signature(id: id, timestamp: timestamp, body: body) == signature)
    #expect(secret.signature(id: id, timestamp: timestamp + 1, body: body) != signature)
    #expect(secret.signature(id: id + "x", timestamp: timestamp, body: body) != signature)
  }

  @Test(arguments: [
    "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
    "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=", "whsec_not base 64 at all, not at all",
    "WHSEC_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
    "whsec_" + String(repeating: "AAAA", count: 22),
  ])
  func `what is no secret is refused`(text: String) {
    #expect(WebhookSecret(text) == nil)
  }
}
