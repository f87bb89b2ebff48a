import CCurl
import Dispatch
import Model
import Robots

/// What the network thread does: runs all transfers by one libcurl multi handle, starts what waits, follows redirects.
///
/// Lives and dies on that thread. curl_multi_poll and not epoll: no difference was measured up to 256 connections.
final class NetworkLoop {
  struct Settings: Sendable {
    let limits: Limits
    let network: Network
    let userAgent: String
    let concurrency: Int
    let politeness: Politeness
    let now: @Sendable () -> Instant

    /// What groups of a robots.txt name (RFC 9309 §2.2.1).
    var productToken: String {
      String(userAgent.prefix { $0.isASCII && ($0.isLetter || $0 == "_" || $0 == "-") })
    }
  }

  private let settings: Settings
  private let productToken: String
  private let mailbox: Mailbox
  private let news: HostNews
  private let multi: UnsafeMutableRawPointer
  private var queues: HostQueues
  private var targets = Targets()
  private var idle: [Transfer] = []
  /// Fetches that have a slot, by identity: in transfer or being decoded.
  private var active: [ObjectIdentifier: Job] = [:]
  /// Those with requests whose outcome is still to come.
  private var batches: [ObjectIdentifier: Batch] = [:]
  /// Those with outcomes to hand over, how many these are, and by when they have to be.
  private var toDeliver: [Batch] = []
  private var undelivered = 0
  private var deliverBy: ContinuousClock.Instant?

  init(_ settings: Settings, memory: HostMemory, mailbox: Mailbox, news: HostNews) {
    (self.settings, self.mailbox, self.news, multi) = (settings, mailbox, news, mailbox.multi)
    productToken = settings.productToken
    queues = HostQueues(politeness: settings.politeness, memory: memory, now: settings.now)
  }

  deinit { curl_multi_cleanup(multi) }

  /// Runs until told to stop.
  func run() {
    while true {
      var mustStop = false
      for message in mailbox.take() {
        switch message {
        case .start(let batch): accept(batch)
        case .resume(let batch): resume(batch)
        case .cancel(let batch): cancel(batch)
        case .decoded(let job, let decoded): finish(job, decoded)
        case .stop: mustStop = true  // after the others: each batch among them has to be ended
        }
      }
      if mustStop { return stop(.cancelled) }
      startWaiting()
      var running: Int32 = 0
      var code = curl_multi_perform(multi, &running)
      if code == CURLM_OK, takeEnded() { continue }
      if mustDeliver { deliver() }
      if code == CURLM_OK, !mayStart, mailbox.beginSleep() { code = curl_multi_poll(multi, nil, 0, sleepTime, nil) }
      guard code == CURLM_OK else {
        return stop(.transferFailed(code: Int(code.rawValue), detail: String(cString: curl_multi_strerror(code))))
      }
    }
  }

  /// In milliseconds: until a host that waits may be asked again or outcomes have to be handed over, a minute at most.
  private var sleepTime: Int32 {
    var longest = 60_000
    if let due = queues.nextDue { longest = min(longest, (due - .now).wholeMilliseconds) }
    if let last = deliverBy { longest = min(longest, (last - .now).wholeMilliseconds) }
    return Int32(longest)
  }

  /// Waking a reader costs as much as a good part of a 304, so that outcomes wait a moment for others: while more are on
  /// their way, and only for a part of the readers' window.
  private var mustDeliver: Bool {
    guard let deliverBy else { return false }
    return active.isEmpty || undelivered * 2 >= settings.concurrency || deliverBy <= queues.clock
  }

  // MARK: Starting

  private func accept(_ batch: Batch) {
    batches[ObjectIdentifier(batch)] = batch
    for (place, request) in batch.requests.enumerated() {
      do throws(FetchError) {
        queues.append(place, try targets.target(request.url), of: batch)
      } catch {
        end(place, of: batch, error)
      }
    }
  }

  private func resume(_ batch: Batch) {
    batch.resume()
    queues.unpark()
  }

  /// Whether a request may start now as far as slots and readers go.
  private var mayStart: Bool {
    active.count < settings.concurrency && queues.hasReady
      && (queues.waitingJobs > 0 || batches.values.contains(where: \.hasRoom))
  }

  private func startWaiting() {
    queues.wake()
    while mayStart, let (host, turn) = queues.popFirst() {
      switch turn.waiting {
      case .next(let job): if job.isWanted { admit(job) }
      case .new(let place, let target):
        if let batch = turn.batch {
          admit(Job(place, of: batch, target: target, host: host, authority: turn.authority))
        }
      }
      queues.list(host)
    }
  }

  /// Starts the next hop of a job, if its host and the robots.txt there have nothing against it.
  private func admit(_ job: Job) {
    if let until = job.host.givenUpUntil(clock: queues.clock) { return end(job, .hostBackedOff(until: until)) }
    guard let authority = job.authority else { return start(job) }
    if let (reason, until) = authority.refusal, until > queues.clock, !job.request.allowsPrivateAddresses {
      return end(job, reason)
    }
    let answer = authority.answer(
      for: job.target, productToken: productToken, clock: queues.clock, now: settings.now)
    switch answer {
    case .allowed: start(job)
    case .disallowed: end(job, .robotsDisallowed(job.target.url))
    case .unreachable(let reason): end(job, reason)
    case .unknown:
      ask(authority, as: job.request)
      job.stage = .waiting
      queues.append(job)
    }
  }

  /// Fetches a robots.txt, in the turn of a job that needs it.
  private func ask(_ authority: Authority, as asker: FetchRequest) {
    authority.isBeingAsked = true
    let request = FetchRequest(
      url: authority.name + "/robots.txt", allowsPrivateAddresses: asker.allowsPrivateAddresses,
      userAgent: asker.userAgent)
    do throws(FetchError) {
      let target = try Target(request.url)
      start(Job(request, .robots(authority), target: target, host: authority.host, authority: nil))
    } catch {
      learn(Decoded([], failure: error), about: authority)
    }
  }

  private func start(_ job: Job) {
    let timeLeft = settings.limits.totalTimeout - job.timeSpent
    guard timeLeft > .zero else { return end(job, .timedOut(.transfer, after: settings.limits.totalTimeout)) }
    do throws(FetchError) {
      let transfer: Transfer
      if let used = idle.popLast() {
        transfer = used
      } else {
        transfer = try Transfer(
          limits: settings.limits, network: settings.network, userAgent: settings.userAgent, now: settings.now)
      }
      let conditions = job.exchanges.isEmpty ? job.request.validators : Validators()
      if job.startedAt == nil { job.startedAt = settings.now() }
      transfer.prepare(job, job.target, conditions: conditions, timeLeft: timeLeft)
      let code = curl_multi_add_handle(multi, transfer.easy)
      guard code == CURLM_OK else {
        throw FetchError.transferFailed(code: Int(code.rawValue), detail: String(cString: curl_multi_strerror(code)))
      }
      job.stage = .running(transfer)
      job.hopStartedAt = queues.clock
      job.host.started(clock: queues.clock)
      activate(job)
    } catch {
      end(job, error)
    }
  }

  private func activate(_ job: Job) {
    active[ObjectIdentifier(job)] = job
    job.batch?.running += 1
  }

  private func deactivate(_ job: Job) {
    if active.removeValue(forKey: ObjectIdentifier(job)) != nil { job.batch?.running -= 1 }
  }

  // MARK: Ending

  /// Takes what libcurl has finished; whether there was any.
  private func takeEnded() -> Bool {
    var (left, any): (Int32, Bool) = (0, false)
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      let code = ccurl_message_result(message)  // the message is gone once the handle is removed
      var context: UnsafeMutableRawPointer?
      ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context)
      guard let transfer = Transfer.from(context), let job = transfer.job else { continue }
      let result = transfer.result(code)
      any = true
      if transfer.diedUnheard(result), !job.needsNewConnection {
        // RFC 9110 §9.2.2: the server had closed the kept connection; what is asked for may be asked again.
        job.needsNewConnection = true
        recycle(transfer, of: job)
        goOn(job)
        continue
      }
      if let startedAt = job.hopStartedAt,
        let state = job.host.judge(result, startedAt: startedAt, clock: queues.clock, now: settings.now)
      {
        news.add(state)
      }
      recycle(transfer, of: job)
      hopEnded(job, result)
    }
    return any
  }

  private func hopEnded(_ job: Job, _ result: Result<Exchange, FetchError>) {
    do throws(FetchError) {
      let exchange = try result.get()
      job.exchanges.append(exchange)
      guard job.request.content == nil, let location = exchange.location else { return decode(job, failure: nil) }
      let limit = job.mostRedirects(settings.limits)
      guard job.exchanges.count <= limit else { throw FetchError.tooManyRedirects(limit: limit) }
      let target = try exchange.target.redirected(to: location)
      let authority = queues.authority(of: target)
      (job.target, job.host) = (target, authority.host)
      job.authority = job.asksRobots(settings.politeness) ? authority : nil
      job.needsNewConnection = false
      goOn(job)
    } catch {
      decode(job, failure: error)
    }
  }

  /// Puts a job back in the queue of its host, for its next request.
  private func goOn(_ job: Job) {
    deactivate(job)
    job.stage = .waiting
    queues.append(job)
  }

  /// Makes responses of what came: at once when that is quick, else on a thread for such work.
  private func decode(_ job: Job, failure: FetchError?) {
    let exchanges = job.exchanges
    job.exchanges = []
    guard exchanges.contains(where: \.needsDecoding) else {
      return finish(job, Decoded(exchanges, failure: failure))
    }
    job.stage = .decoding
    let mailbox = mailbox
    DispatchQueue.global().async {
      mailbox.post(.decoded(job, Decoded(exchanges, failure: failure)))
    }
  }

  private func finish(_ job: Job, _ decoded: Decoded) {
    deactivate(job)
    guard !job.hasEnded else { return }
    job.stage = .ended
    switch job.purpose {
    case .page(let batch, let place): add(job.outcome(decoded, place: place, at: settings.now()), to: batch)
    case .robots(let authority):
      if case .guardedAddress(authority.host.name, _) = decoded.failure, let reason = decoded.failure {
        // No word about the robots.txt itself, which a request to which more is allowed may ask for.
        authority.refusal = (reason, queues.clock + .seconds(600))
        authority.isBeingAsked = false
        queues.list(authority.host)
      } else {
        learn(decoded, about: authority)
      }
    }
  }

  /// Ends a job with what it had, bodies that would take decoding left aside with all that follows them.
  private func end(_ job: Job, _ failure: FetchError) {
    let simple = job.exchanges.prefix { !$0.needsDecoding }
    finish(job, Decoded(Array(simple), failure: failure))
  }

  /// Ends a request that never began.
  private func end(_ place: Int, of batch: Batch, _ failure: FetchError) {
    let now = settings.now()
    let outcome = FetchOutcome(
      request: batch.requests[place], place: place, startedAt: now, finishedAt: now, hops: [], failure: failure,
      bytesReceived: 0)
    add(outcome, to: batch)
  }

  private func learn(_ decoded: Decoded, about authority: Authority) {
    news.add(authority.learn(decoded, now: settings.now()))
    queues.list(authority.host)
  }

  /// Takes a transfer out of libcurl's hands and adds up what it cost.
  private func recycle(_ transfer: Transfer, of job: Job) {
    job.bytesReceived += transfer.bytesReceived
    job.timeSpent += transfer.timeSpent
    curl_multi_remove_handle(multi, transfer.easy)
    job.host.running -= 1
    queues.list(job.host)
    transfer.release()
    idle.append(transfer)
  }

  private func add(_ outcome: FetchOutcome, to batch: Batch) {
    undelivered += 1
    if deliverBy == nil { deliverBy = queues.clock + .milliseconds(5) }
    if batch.add(outcome) { toDeliver.append(batch) }
    if batch.unended == 0 { batches[ObjectIdentifier(batch)] = nil }
  }

  /// Hands over what has ended, all at once for each reader.
  private func deliver() {
    let batches = toDeliver
    (toDeliver, undelivered, deliverBy) = ([], 0, nil)
    for batch in batches where batch.deliver() { resume(batch) }
  }

  private func cancel(_ batch: Batch) {
    batch.drop()
    batches[ObjectIdentifier(batch)] = nil
    _ = queues.removeWaiting(of: batch)
    // One being decoded keeps its slot until it is; one that waits for its next hop is passed over.
    for job in active.values where job.batch === batch { interrupt(job, .cancelled) }
    queues.unpark()
  }

  private func interrupt(_ job: Job, _ failure: FetchError) {
    if case .running(let transfer) = job.stage {
      recycle(transfer, of: job)
      deactivate(job)
    }
    guard !job.hasEnded else { return }
    // One that is being decoded has given its hops away; a robots.txt that nobody waits for any more says nothing.
    let simple = job.exchanges.prefix { !$0.needsDecoding }
    let decoded = Decoded(Array(simple), failure: failure)
    job.stage = .ended
    if case .page(let batch, let place) = job.purpose {
      add(job.outcome(decoded, place: place, at: settings.now()), to: batch)
    }
  }

  /// Ends everything.
  private func stop(_ failure: FetchError) {
    for message in mailbox.close() { if case .start(let batch) = message { accept(batch) } }
    for job in active.values { interrupt(job, failure) }
    for turn in queues.removeWaiting(of: nil) {
      switch turn.waiting {
      case .next(let job): interrupt(job, failure)
      case .new(let place, _): if let batch = turn.batch { end(place, of: batch, failure) }
      }
    }
    deliver()
  }
}
