import CCurl
import Dispatch
import Model

/// What the network thread does: runs all transfers by one libcurl multi handle, starts what waits, follows redirects.
///
/// Lives and dies on that thread. curl_multi_poll and not epoll: no difference was measured up to 256 connections.
final class NetworkLoop {
  struct Settings: Sendable {
    let limits: Limits
    let userAgent: String
    let concurrency: Int
    let perHost: Int
    let now: @Sendable () -> Instant
  }

  private let settings: Settings
  private let mailbox: Mailbox
  private let multi: UnsafeMutableRawPointer
  private var queues: HostQueues<(job: Job, target: Target)>
  private var idle: [Transfer] = []
  /// Fetches that have a slot, by identity: in transfer or being decoded.
  private var active: [ObjectIdentifier: Job] = [:]

  init(_ settings: Settings, mailbox: Mailbox) {
    (self.settings, self.mailbox, multi) = (settings, mailbox, mailbox.multi)
    queues = HostQueues(perHost: settings.perHost)
  }

  deinit { curl_multi_cleanup(multi) }

  /// Runs until told to stop.
  func run() {
    while true {
      var mustStop = false
      for message in mailbox.take() {
        switch message {
        case .start(let job): accept(job)
        case .cancel(let job): cancel(job)
        case .decoded(let job, let decoded): finish(job, decoded)
        case .stop: mustStop = true  // after the others: each job among them has to be ended
        }
      }
      if mustStop { return stop(.cancelled) }
      startWaiting()
      var running: Int32 = 0
      var code = curl_multi_perform(multi, &running)
      let someEnded = takeEnded()
      if code == CURLM_OK, !someEnded, mailbox.beginSleep() {
        code = curl_multi_poll(multi, nil, 0, 60_000, nil)
      }
      guard code == CURLM_OK else {
        return stop(.transferFailed(code: Int(code.rawValue), detail: String(cString: curl_multi_strerror(code))))
      }
    }
  }

  // MARK: Starting

  private func accept(_ job: Job) {
    guard case .new = job.stage else { return }  // cancelled before it came
    switch job.start {
    case .failure(let error): end(job, error)
    case .success(let target):
      job.stage = .waiting
      queues.append((job, target), host: target.host)
    }
  }

  private func startWaiting() {
    while active.count < settings.concurrency, let (job, target) = queues.popFirst() {
      if job.hasEnded { queues.finished(host: target.host) } else { start(job, target) }
    }
  }

  private func start(_ job: Job, _ target: Target) {
    let timeLeft = settings.limits.totalTimeout - job.timeSpent
    guard timeLeft > .zero else {
      queues.finished(host: target.host)
      return end(job, .timedOut(.transfer, after: settings.limits.totalTimeout))
    }
    do throws(FetchError) {
      let transfer: Transfer
      if let used = idle.popLast() {
        transfer = used
      } else {
        transfer = try Transfer(limits: settings.limits, userAgent: settings.userAgent, now: settings.now)
      }
      let conditions = job.exchanges.isEmpty ? job.request.validators : Validators()
      if job.startedAt == nil { job.startedAt = settings.now() }
      transfer.prepare(job, target, conditions: conditions, timeLeft: timeLeft)
      let code = curl_multi_add_handle(multi, transfer.easy)
      guard code == CURLM_OK else {
        throw FetchError.transferFailed(code: Int(code.rawValue), detail: String(cString: curl_multi_strerror(code)))
      }
      job.stage = .running(transfer)
      active[ObjectIdentifier(job)] = job
    } catch {
      queues.finished(host: target.host)
      end(job, error)
    }
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
      recycle(transfer, of: job)
      hopEnded(job, result)
      any = true
    }
    return any
  }

  private func hopEnded(_ job: Job, _ result: Result<Exchange, FetchError>) {
    do throws(FetchError) {
      let exchange = try result.get()
      job.exchanges.append(exchange)
      guard let location = exchange.location else { return decode(job, failure: nil) }
      guard job.exchanges.count <= settings.limits.maximumRedirects else {
        throw FetchError.tooManyRedirects(limit: settings.limits.maximumRedirects)
      }
      let next = try exchange.target.redirected(to: location)
      active[ObjectIdentifier(job)] = nil
      job.stage = .waiting
      queues.prepend((job, next), host: next.host)
    } catch {
      decode(job, failure: error)
    }
  }

  /// Makes responses of what came: at once when that is quick, else on a thread for such work.
  private func decode(_ job: Job, failure: FetchError?) {
    let (exchanges, limit) = (job.exchanges, settings.limits.maximumBodyBytes)
    job.exchanges = []
    guard exchanges.contains(where: \.needsDecoding) else {
      return finish(job, Decoded(exchanges, failure: failure, limit: limit))
    }
    job.stage = .decoding
    let mailbox = mailbox
    DispatchQueue.global().async {
      mailbox.post(.decoded(job, Decoded(exchanges, failure: failure, limit: limit)))
    }
  }

  private func finish(_ job: Job, _ decoded: Decoded) {
    active[ObjectIdentifier(job)] = nil
    job.end(decoded, at: settings.now())
  }

  /// Ends a job with what it had, bodies that would take decoding left aside with all that follows them.
  private func end(_ job: Job, _ failure: FetchError) {
    guard !job.hasEnded else { return }
    let simple = job.exchanges.prefix { !$0.needsDecoding }
    job.end(Decoded(Array(simple), failure: failure, limit: settings.limits.maximumBodyBytes), at: settings.now())
  }

  private func cancel(_ job: Job, because failure: FetchError = .cancelled) {
    if case .running(let transfer) = job.stage {
      recycle(transfer, of: job)
      active[ObjectIdentifier(job)] = nil
    }
    // One that waits stays in its queue, to be passed over; one being decoded keeps its slot until it is.
    end(job, failure)
  }

  /// Takes a transfer out of libcurl's hands and adds up what it cost.
  private func recycle(_ transfer: Transfer, of job: Job) {
    job.bytesReceived += transfer.bytesReceived
    job.timeSpent += transfer.timeSpent
    curl_multi_remove_handle(multi, transfer.easy)
    if let host = transfer.host { queues.finished(host: host) }
    transfer.release()
    idle.append(transfer)
  }

  /// Ends everything.
  private func stop(_ failure: FetchError) {
    for job in active.values { cancel(job, because: failure) }
    for (job, _) in queues.removeAll() { end(job, failure) }
    for message in mailbox.close() {
      if case .start(let job) = message { end(job, failure) }
    }
  }
}
