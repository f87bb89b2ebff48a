import Fetching
import Model
import Parallel
import Storage
import Webhooks

/// What `sync` does for webhooks once a pass is over: queues what came and delivers what is due, for a limited time.
struct SyncDeliveries {
  let store: Store
  let network: Network
  /// All of it takes no longer.
  let limit: Duration

  /// Says on stderr what did not arrive. That is no failure of the pass.
  func send() async {
    do {
      _ = try await blocking { () throws(StorageError) in try Announcing.queue(in: store, now: Clock.now()) }
      guard try isDue() else { return }
      // Half of the time for one request: that it takes too long is then seen, and counts as an attempt.
      let courier = try Courier(
        store: store, network: network, userAgent: UserAgent.own,
        timeLimit: min(Courier.usualTimeLimit, limit / 2), now: Clock.now)
      defer { courier.shutdown() }
      for report in try await delivering(by: courier).get() { report.complain() }
    } catch StorageError.inUse {
      // another process does it, or the next pass
    } catch { CommandFailure("delivering to webhooks", error).report(json: false) }
  }

  func isDue() throws -> Bool { try store.nextDelivery().map { $0 <= Clock.now() } ?? false }

  private func delivering(by courier: Courier) async -> Result<[Courier.Report], StorageError> {
    await withTaskGroup(of: Result<[Courier.Report], StorageError>?.self) { [limit] group in
      group.addTask {
        do throws(StorageError) { return .success(try await courier.deliver(.due)) } catch { return .failure(error) }
      }
      group.addTask {
        try? await Task.sleep(for: limit)  // cancelled: it is over
        return nil
      }
      var result: Result<[Courier.Report], StorageError> = .success([])
      while let ended = await group.next() {
        group.cancelAll()
        if let ended { result = ended }
      }
      return result
    }
  }
}
