import CCurl
import ContentCoding
import Model

/// One libcurl easy handle, used again and again: sends a request, takes in the answer.
///
/// Lives on the network thread alone; libcurl's callbacks get it unretained, so whoever owns it keeps it while it runs.
final class Transfer {
  let easy: UnsafeMutableRawPointer
  private let limits: Limits
  private let network: Network
  private let userAgent: String
  private let now: @Sendable () -> Instant
  private let errorText: UnsafeMutablePointer<CChar>
  private var requestFields: UnsafeMutablePointer<curl_slist>?
  /// What libcurl was last told, where that is not the usual.
  private var sent = Settings()
  /// The fetch that this is a hop of; nil while idle.
  private(set) var job: Job?
  private var target: Target?
  private var sentConditions = false
  private var timeLeft = Duration.zero

  private var connections: ConnectionGuard
  private var head = HeaderBlock()
  private var headBytes = 0
  private var body: [UInt8] = []
  /// Why a callback stopped the transfer.
  private var stopped: FetchError?

  /// What may differ from one transfer to the next, and then has to be told to libcurl.
  private struct Settings {
    var userAgent: String?
    var cookies: String?
    var proxy: String?
    var maximumBodyBytes: Int?
    var content: [UInt8]?
  }

  init(
    limits: Limits, network: Network, userAgent: String, now: @escaping @Sendable () -> Instant
  ) throws(FetchError) {
    guard let easy = curl_easy_init() else { throw .transferFailed(code: 27, detail: "out of memory") }
    (self.easy, self.limits, self.network, self.userAgent, self.now) = (easy, limits, network, userAgent, now)
    connections = ConnectionGuard(network.addressGuard)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try configure()
  }

  deinit {
    curl_easy_cleanup(easy)  // first: it may still write to the error text
    curl_slist_free_all(requestFields)
    errorText.deallocate()
  }

  /// What stays the same from one transfer to the next.
  private func configure() throws(FetchError) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_set_pointer(easy, CURLOPT_PRIVATE, context)
    ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
    ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
    ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      Transfer.from(context)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
    }
    ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      Transfer.from(context)?.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
    }
    try guardConnections(context)
    ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(easy, CURLOPT_QUICK_EXIT, 1)  // a dead resolver must not hold up the others: curl #8515
    ccurl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, HTTPCoding.accepted)
    ccurl_set_long(easy, CURLOPT_HTTP_CONTENT_DECODING, 0)  // HTTPCoding does it, and says why
    ccurl_set_long(easy, CURLOPT_BUFFERSIZE, 65_536)
    ccurl_set_string(easy, CURLOPT_USERAGENT, userAgent)
    if let file = network.certificateFile { ccurl_set_string(easy, CURLOPT_CAINFO, file) }
    ccurl_set_string(easy, CURLOPT_PROXY, "")  // the environment is read by Proxies
    ccurl_set_string(easy, CURLOPT_NOPROXY, "")
    ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.maximumBodyBytes))
    ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.wholeMilliseconds)
    ccurl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeedBytesPerSecond)
    ccurl_set_long(easy, CURLOPT_LOW_SPEED_TIME, (limits.lowSpeedTime.wholeMilliseconds + 999) / 1000)
  }

  /// Nothing is sent by a libcurl that does not take these two.
  private func guardConnections(_ context: UnsafeMutableRawPointer) throws(FetchError) {
    ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    ccurl_set_pointer(easy, CURLOPT_PREREQDATA, context)
    let opening = ccurl_set_open_socket(easy) { context, _, address in
      guard let transfer = Transfer.from(context), let address else { return -1 }
      return transfer.connections.open(address)
    }
    let sending = ccurl_set_before_request(easy) { context, address, _, port, _ in
      Transfer.from(context)?.connections.maySend(to: address, port: port) == true
        ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
    guard let code = [opening, sending].first(where: { $0 != CURLE_OK }) else { return }
    throw .transferFailed(code: Int(code.rawValue), detail: "this libcurl cannot guard addresses: 7.87 is needed")
  }

  /// Makes this the next hop of a job, which has some of its time left.
  func prepare(_ job: Job, _ target: Target, conditions: Validators, timeLeft: Duration) {
    (self.job, self.target, self.timeLeft) = (job, target, timeLeft)
    (head, headBytes, body, stopped) = (HeaderBlock(), 0, [], nil)
    errorText[0] = 0
    let request = job.request
    let proxy = network.proxies.proxy(forHost: target.host, isSecure: target.isSecure)
    connections.begin(request.allowsPrivateAddresses ? nil : target, isProxied: proxy != nil)
    ccurl_set_string(easy, CURLOPT_URL, target.url)
    ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, timeLeft.wholeMilliseconds)
    ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, job.needsNewConnection ? 1 : 0)
    tell(request, target, proxy: proxy)
    sentConditions = false
    // RFC 9110 §15.4: what was meant for one origin, credentials above all, is not for where it redirects to.
    let isOwnOrigin = job.exchanges.first.map { $0.target.authority == target.authority } ?? true
    let own = isOwnOrigin ? request.fields.lines : []
    guard !own.isEmpty || !conditions.isEmpty || requestFields != nil else { return }
    curl_slist_free_all(requestFields)
    requestFields = nil
    for line in own { add(line) }
    add("If-None-Match", conditions.entityTag)
    add("If-Modified-Since", conditions.lastModified)
    ccurl_set_list(easy, CURLOPT_HTTPHEADER, requestFields)
  }

  /// Tells libcurl what this request wants otherwise than the one before.
  private func tell(_ request: FetchRequest, _ target: Target, proxy: String?) {
    let cookies = request.cookies.flatMap {
      $0.value(host: target.host, path: target.pathAndQuery, isSecure: target.isSecure, at: now())
    }
    let wanted = Settings(
      userAgent: request.userAgent.flatMap { $0.isEmpty ? nil : $0 }, cookies: cookies, proxy: proxy,
      maximumBodyBytes: request.maximumBodyBytes, content: request.content)
    if wanted.userAgent != sent.userAgent {
      ccurl_set_string(easy, CURLOPT_USERAGENT, wanted.userAgent ?? userAgent)
    }
    if wanted.cookies != sent.cookies { ccurl_set_string(easy, CURLOPT_COOKIE, wanted.cookies) }
    if wanted.proxy != sent.proxy { ccurl_set_string(easy, CURLOPT_PROXY, wanted.proxy ?? "") }
    if wanted.maximumBodyBytes != sent.maximumBodyBytes {
      ccurl_set_offset(
        easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(wanted.maximumBodyBytes ?? limits.maximumBodyBytes))
    }
    if wanted.content != sent.content { post(wanted.content) }
    sent = wanted
  }

  /// Makes it a POST of these octets, of which libcurl takes a copy, or a GET.
  private func post(_ content: [UInt8]?) {
    guard var content else {
      ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
      return
    }
    ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(content.count))
    content.withUnsafeMutableBytes { _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
  }

  /// Forgets the job once it has been taken out of the multi handle.
  func release() { (job, target, body, head) = (nil, nil, [], HeaderBlock()) }

  /// Adds a condition unless it is absent or could not stand in a field (one of these cannot have come over HTTP).
  private func add(_ name: String, _ value: String?) {
    guard let value, !value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else { return }
    // To libcurl `Name:` means "leave it out" and `Name;` means "send it empty".
    let isBlank = value.utf8.allSatisfy { $0 == 32 || $0 == 9 }
    if add(isBlank ? name + ";" : name + ": " + value) { sentConditions = true }
  }

  /// Adds a line to the request's fields; false when there is no memory for it.
  @discardableResult
  private func add(_ line: String) -> Bool {
    guard let longer = curl_slist_append(requestFields, line) else { return false }
    requestFields = longer
    return true
  }

  /// The transfer that libcurl hands back, as a callback's context or a finished handle's private pointer.
  static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    headBytes += line.count
    guard headBytes <= limits.maximumHeaderBytes else {
      stopped = .headersTooLarge(limitBytes: limits.maximumHeaderBytes)
      return 0
    }
    do {
      try head.take(line, now: now)
      return line.count
    } catch {
      stopped = error
      return 0
    }
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count <= mostBodyBytes - body.count else {
      stopped = .bodyTooLarge(limitBytes: mostBodyBytes)
      return 0
    }
    if body.isEmpty {
      var announced: curl_off_t = -1
      ccurl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced)
      // Not more than 1 MiB on somebody's word.
      body.reserveCapacity(max(bytes.count, min(Int(announced), 1 << 20)))
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }
}

extension Transfer {
  /// The longest body this hop may bring.
  private var mostBodyBytes: Int { sent.maximumBodyBytes ?? limits.maximumBodyBytes }

  /// Where the hop goes; nil while idle.
  var host: String? { target?.host }

  /// Octets of the body so far, as on the wire.
  var bytesReceived: Int { body.count }

  /// How long the hop took, by libcurl's clock.
  var timeSpent: Duration { .microseconds(time(CURLINFO_TOTAL_TIME_T)) }

  /// What the hop brought, once libcurl says that it is over.
  func result(_ code: CURLcode) -> Result<Exchange, FetchError> {
    if let stopped { return .failure(stopped) }
    guard code == CURLE_OK else { return .failure(error(code)) }
    guard let target, let fields = head.fields, let at = head.at else {
      return .failure(.protocolError(detail: "no header section"))
    }
    if head.status == 304 && !sentConditions { return .failure(.unaskedNotModified) }
    if head.status == 206 { return .failure(.unaskedPartialContent) }
    return .success(
      Exchange(target: target, at: at, status: head.status, fields: fields, codedBody: body, bodyLimit: mostBodyBytes))
  }

  /// Whether a kept connection broke before any octet of an answer came.
  func diedUnheard(_ result: Result<Exchange, FetchError>) -> Bool {
    guard case .failure(let error) = result, headBytes == 0, head.fields == nil else { return false }
    switch error {
    case .connectionLost, .emptyReply: break
    default: return false
    }
    var made = 0
    ccurl_get_long(easy, CURLINFO_NUM_CONNECTS, &made)
    return made == 0
  }

  private func time(_ info: CURLINFO) -> Int64 {
    var microseconds: curl_off_t = 0
    ccurl_get_offset(easy, info, &microseconds)
    return Int64(microseconds)
  }

  private func error(_ code: CURLcode) -> FetchError {
    let detail = errorText[0] != 0 ? String(cString: errorText) : String(cString: curl_easy_strerror(code))
    switch code {
    case CURLE_URL_MALFORMAT: return .badURL(detail)
    case CURLE_COULDNT_RESOLVE_HOST: return .hostNotFound(target?.host ?? "")
    case CURLE_COULDNT_CONNECT, CURLE_ABORTED_BY_CALLBACK:
      if let refusal = connections.refusal { return refusal }
      return .connectionFailed(detail: detail)
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .proxy(detail: detail)
    case CURLE_OPERATION_TIMEDOUT: return timeout()
    case CURLE_PARTIAL_FILE: return .truncated
    case CURLE_FILESIZE_EXCEEDED: return .bodyTooLarge(limitBytes: mostBodyBytes)
    case CURLE_GOT_NOTHING: return .emptyReply
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: return .connectionLost(detail: detail)
    case CURLE_PEER_FAILED_VERIFICATION: return .certificate(detail: detail)
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      return .tls(detail: detail)
    // The scheme was checked before, so the first means an answer that is not HTTP/1.
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .protocolError(detail: detail)
    // What libcurl says to one header line of more than about 100 KB.
    case CURLE_OUT_OF_MEMORY where time(CURLINFO_PRETRANSFER_TIME_T) > 0 && head.fields == nil:
      return .headersTooLarge(limitBytes: limits.maximumHeaderBytes)
    default: return .transferFailed(code: Int(code.rawValue), detail: detail)
    }
  }

  /// Which of the time limits it was: libcurl has one code for all, and counts the total from a slightly other start.
  private func timeout() -> FetchError {
    if timeSpent + .milliseconds(50) >= timeLeft { return .timedOut(.transfer, after: limits.totalTimeout) }
    if time(CURLINFO_PRETRANSFER_TIME_T) == 0 {
      let stage: FetchError.Stage = time(CURLINFO_NAMELOOKUP_TIME_T) == 0 ? .resolving : .connecting
      return .timedOut(stage, after: limits.connectTimeout)
    }
    return .tooSlow(bytesPerSecond: limits.lowSpeedBytesPerSecond, over: limits.lowSpeedTime)
  }
}
