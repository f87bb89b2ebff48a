import CDeflate
import Fetching
import Glibc
import LoopbackServer
import Model

// What the tests of fetching share: a clock, short limits, a fetch against a server of its own, gzip.

/// The system's clock.
@Sendable func systemNow() -> Instant {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

extension AddressGuard {
  /// Lets the servers of tests through, or the one on a port.
  static func loopback(port: UInt16? = nil) -> AddressGuard {
    AddressGuard(except: AddressBlock("127.0.0.0/8").map { [.init($0, ports: (port ?? 0)...(port ?? .max))] } ?? [])
  }
}

extension Network {
  /// What tests may reach.
  static let loopback = Network(addressGuard: .loopback())
}

/// A fetcher that asks no robots.txt and leaves no time between requests.
func makeFetcher(limits: Limits = Limits(), concurrency: Int = 16, perHost: Int = 16, network: Network = .loopback)
  throws -> Fetcher
{
  var politeness = Politeness.none
  politeness.connectionsPerHost = perHost
  return try makeFetcher(politeness, limits: limits, concurrency: concurrency, network: network)
}

func makeFetcher(
  _ politeness: Politeness, limits: Limits = Limits(), concurrency: Int = 16, memory: HostMemory = HostMemory(),
  network: Network = .loopback
) throws -> Fetcher {
  try Fetcher(
    limits: limits, network: network, userAgent: "stet/test (+https://example.org/bot)", concurrency: concurrency,
    politeness: politeness,
    memory: memory, now: systemNow)
}

/// One fetch of `/` from a server that answers so.
func fetch(
  validators: Validators = Validators(), limits: Limits = Limits(), from reply: @escaping @Sendable (Request) -> Reply
) async throws -> FetchOutcome {
  let server = try LoopbackServer(handler: reply)
  let fetcher = try makeFetcher(limits: limits)
  let outcome = await fetcher.fetch(FetchRequest(url: server.url("/"), validators: validators))
  fetcher.shutdown()
  server.stop()
  return outcome
}

/// One member of a gzip file.
func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
  let compressor = libdeflate_alloc_compressor(level)
  defer { libdeflate_free_compressor(compressor) }
  let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
  return [UInt8](unsafeUninitializedCapacity: bound) { out, count in
    count = libdeflate_gzip_compress(compressor, bytes, bytes.count, out.baseAddress, bound)
  }
}

/// A page of about this many bytes that does not compress to nothing.
func page(bytes: Int) -> [UInt8] {
  var out = Array("<!doctype html><title>A page</title>".utf8)
  var number: UInt32 = 1
  while out.count < bytes {
    number = number &* 1_664_525 &+ 1_013_904_223
    out += Array("<p>Sentence \(number) of the page.".utf8)
  }
  return out
}
