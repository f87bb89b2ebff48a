import Model
import Robots

/// What the end of one request says about its host.
struct Sign {
  enum Verdict { case well, overloaded, nothing }

  let verdict: Verdict
  /// When the server wants to be asked again, if it said so.
  let retryAfter: Instant?

  init(_ result: Result<Exchange, FetchError>, now: () -> Instant) {
    switch result {
    case .success(let exchange):
      let isBusy = exchange.status == 429 || exchange.status >= 500
      // RFC 9110 §10.2.3: 503 and redirects; RFC 6585 §4: 429. Others in 5xx use it in the same sense.
      retryAfter =
        isBusy || (300...399).contains(exchange.status) && exchange.status != 304
        ? exchange.fields.values(of: "retry-after").compactMap { RetryAfter.parse($0, now: now()) }.first : nil
      // One page's script may well end in 500 each time while the host is in good health.
      verdict = exchange.status == 429 || exchange.status == 503 ? .overloaded : isBusy ? .nothing : .well
    case .failure(let error):
      retryAfter = nil
      verdict =
        switch error {
        case .hostNotFound, .connectionFailed, .connectionLost, .emptyReply, .timedOut(.resolving, _),
          .timedOut(.connecting, _):
          .overloaded
        default: .nothing
        }
    }
  }
}
