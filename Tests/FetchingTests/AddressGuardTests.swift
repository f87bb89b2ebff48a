import Fetching
import Testing

/// What the guard says of addresses, as values: nothing here connects anywhere.
@Suite struct AddressGuardTests {
  @Test(arguments: [
    // IPv4, first and last of each block, and their neighbours.
    ("0.0.0.0", IPAddress.Scope.unspecified), ("0.255.255.255", .unspecified), ("1.0.0.0", .global),
    ("9.255.255.255", .global), ("10.0.0.0", .isPrivate), ("10.255.255.255", .isPrivate), ("11.0.0.0", .global),
    ("100.63.255.255", .global), ("100.64.0.0", .shared), ("100.100.100.200", .shared), ("100.127.255.255", .shared),
    ("100.128.0.0", .global), ("126.255.255.255", .global), ("127.0.0.0", .loopback), ("127.0.0.1", .loopback),
    ("127.255.255.255", .loopback), ("128.0.0.0", .global), ("168.63.129.15", .global), ("168.63.129.16", .platform),
    ("168.63.129.17", .global), ("169.253.255.255", .global), ("169.254.0.0", .linkLocal),
    ("169.254.169.254", .linkLocal), ("169.254.255.255", .linkLocal), ("169.255.0.0", .global),
    ("172.15.255.255", .global), ("172.16.0.0", .isPrivate), ("172.31.255.255", .isPrivate), ("172.32.0.0", .global),
    ("191.255.255.255", .global), ("192.0.0.0", .reserved), ("192.0.0.192", .reserved), ("192.0.0.255", .reserved),
    ("192.0.1.0", .global), ("192.0.2.0", .documentation), ("192.0.2.255", .documentation), ("192.0.3.0", .global),
    ("192.88.98.255", .global), ("192.88.99.1", .reserved), ("192.88.100.0", .global), ("192.167.255.255", .global),
    ("192.168.0.0", .isPrivate), ("192.168.255.255", .isPrivate), ("192.169.0.0", .global),
    ("198.17.255.255", .global), ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking),
    ("198.20.0.0", .global), ("198.51.99.255", .global), ("198.51.100.7", .documentation), ("198.51.101.0", .global),
    ("203.0.112.255", .global), ("203.0.113.7", .documentation), ("203.0.114.0", .global),
    ("223.255.255.255", .global), ("224.0.0.0", .multicast), ("239.255.255.255", .multicast), ("240.0.0.0", .reserved),
    ("255.255.255.254", .reserved), ("255.255.255.255", .broadcast),
    // IPv6.
    ("::", .unspecified), ("::1", .loopback), ("::2", .unspecified), ("::8.8.8.8", .reserved),
    ("::127.0.0.1", .loopback), ("::169.254.169.254", .linkLocal), ("::ffff:127.0.0.1", .loopback),
    ("::ffff:10.1.2.3", .isPrivate), ("::ffff:169.254.169.254", .linkLocal), ("::ffff:8.8.8.8", .global),
    ("::ffff:0:127.0.0.1", .reserved), ("64:ff9b::127.0.0.1", .loopback), ("64:ff9b::10.0.0.1", .isPrivate),
    ("64:ff9b::8.8.8.8", .global), ("64:ff9b:0:0:0:1:808:808", .reserved), ("64:ff9b:1::8.8.8.8", .reserved),
    ("100::1", .reserved), ("1fff:ffff::1", .reserved), ("2000::1", .global), ("2001::1", .unspecified),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", .documentation),  // Teredo's own example: its client is 192.0.2.45
    ("2001:0:808:808:8000:63bf:f7f7:f7f7", .global), ("2001:0:808:808:8000:63bf:80ff:fffe", .loopback),
    ("2001:0:a00:1:8000:63bf:f7f7:f7f7", .isPrivate), ("2001:1::1", .reserved), ("2001:20::1", .reserved),
    ("2001:1ff:ffff::1", .reserved), ("2001:200::1", .global), ("2001:db8::1", .documentation),
    ("2001:db7:ffff::1", .global), ("2001:db9::1", .global), ("2002:7f00:1::1", .loopback),
    ("2002:a00:1::1", .isPrivate), ("2002:a9fe:a9fe::1", .linkLocal), ("2002:808:808::1", .global),
    ("2606:2800:220:1:248:1893:25c8:1946", .global), ("3ffe:ffff::1", .global), ("3fff::1", .documentation),
    ("3fff:fff:ffff::1", .documentation), ("3fff:1000::1", .global), ("4000::1", .reserved), ("5f00::1", .reserved),
    ("fbff::1", .reserved), ("fc00::1", .isPrivate), ("fd00:ec2::254", .isPrivate), ("fdff:ffff::1", .isPrivate),
    ("fe00::1", .reserved), ("fe80::1", .linkLocal), ("febf::1", .linkLocal), ("fec0::1", .isPrivate),
    ("feff::1", .isPrivate), ("ff00::1", .multicast), ("ff02::1", .multicast), ("ffff::1", .multicast),
  ])
  func `an address has the scope that IANA's registries give it`(text: String, scope: IPAddress.Scope) throws {
    let address = try #require(IPAddress(text))
    #expect(address.scope == scope)
    #expect(AddressGuard().allows(address, port: 443) == (scope == .global))
  }

  @Test(arguments: [
    "", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.256", "127.0.0.1.", " 127.0.0.1", "1.2.3", ":::",
    "12345::", "[127.0.0.1", "::1\0", "example.org", "١٢٧.0.0.1",
  ])
  func `what is no address is none`(text: String) { #expect(IPAddress(text) == nil) }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("[2001:DB8:0:0::1]", "2001:db8::1"), ("fe80::1%eth0", "fe80::1"),
    ("[fe80::1%25eth0]", "fe80::1"), ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
  ])
  func `an address is written as usual`(text: String, written: String) {
    #expect(IPAddress(text).map(String.init(describing:)) == written)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.9.8.7", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "255.1.2.3", true),
    ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false), ("fd00::/8", "fd12::1", true),
    ("fd00::/8", "fe00::1", false), ("::/0", "2001::1", true), ("::/0", "1.2.3.4", false), ("::1/128", "::1", true),
  ])
  func `a block holds what begins as it does`(block: String, address: String, isIn: Bool) throws {
    #expect(try #require(AddressBlock(block)).contains(try #require(IPAddress(address))) == isIn)
  }

  @Test(arguments: ["", "/8", "10.0.0.0/33", "::/129", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "x/8"])
  func `what is no block is none`(text: String) { #expect(AddressBlock(text) == nil) }

  @Test func `an exception lets its addresses and ports through and no others`() throws {
    let block = try #require(AddressBlock("10.1.0.0/16"))
    let rules = AddressGuard(except: [.init(block, ports: 8000...8080)])
    func allows(_ text: String, _ port: UInt16) throws -> Bool {
      rules.allows(try #require(IPAddress(text)), port: port)
    }
    #expect(try allows("10.1.2.3", 8080) && allows("10.1.2.3", 8000))
    #expect(try !allows("10.1.2.3", 8081) && !allows("10.2.0.0", 8080) && !allows("::ffff:10.1.2.3", 8080))
    #expect(try allows("8.8.8.8", 8081))
  }
}
