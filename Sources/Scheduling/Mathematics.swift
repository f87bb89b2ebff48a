// The functions of the C library that the laws need. Foundation only where there is no Glibc: it is slow to start.
#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }

/// ln(1 + x), exact near 0.
func logarithm(onePlus x: Double) -> Double { log1p(x) }

/// x to the power of y.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
