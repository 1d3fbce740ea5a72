#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The functions of probability theory that the simulation needs, to about twelve digits.
package enum SpecialFunctions {
    /// Φ: the chance that a standard normal number is at most x.
    package static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// The n-th root of 0…1.
    static func root(_ x: Double, _ n: Int) -> Double { pow(x, 1 / Double(n)) }

    /// Φ⁻¹, for 0 < p < 1.
    /// - Source: M. J. Wichura, *Algorithm AS 241*, Applied Statistics 37 (1988), doi:10.2307/2347330; its seven-digit
    ///   version PPND7.
    package static func normalQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1)
        }
        var r = (-log(q < 0 ? p : 1 - p)).squareRoot()
        let value: Double
        if r <= 5 {
            r -= 1.6
            value =
                (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                / ((0.12021132975 * r + 0.73700164250) * r + 1)
        } else {
            r -= 5
            value =
                (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
                / ((0.012258202635 * r + 0.24197894225) * r + 1)
        }
        return q < 0 ? -value : value
    }

    /// The logarithm of the beta function, for a, b > 0.
    static func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

    /// ln Γ(x) for x > 0: Stirling's series from 10 on, reached by Γ(x + 1) = x Γ(x).
    private static func logGamma(_ x: Double) -> Double {
        var x = x
        var factors = 1.0
        while x < 10 {
            factors *= x
            x += 1
        }
        let r = 1 / (x * x)
        let series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x
        return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series - log(factors)
    }

    /// I_x(a, b): the chance that a beta-distributed number is at most x.
    /// - Source: the continued fraction of *Abramowitz and Stegun* 26.5.8 by the modified method of Lentz.
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
        let tiny = 1e-300
        func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
        var fraction = d
        for step in 1...1000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / nonzero(1 + even * d)
            c = nonzero(1 + even / c)
            fraction *= c * d
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / nonzero(1 + odd * d)
            c = nonzero(1 + odd / c)
            fraction *= c * d
            if abs(c * d - 1) < 1e-14 { break }
        }
        return exp(a * log(x) + b * log(1 - x) - logBeta(a, b)) * fraction / a
    }

    /// The density of the beta distribution at x, within 0...1; `logBeta` is that of a and b.
    static func betaDensity(_ x: Double, _ a: Double, _ b: Double, logBeta: Double) -> Double {
        // x to a power of 0 is 1, also at the ends.
        let low = a == 1 ? 0 : (a - 1) * log(x)
        let high = b == 1 ? 0 : (b - 1) * log(1 - x)
        return exp(low + high - logBeta)
    }
}
