/// Logarithm and exponential function from IEEE 754 operations alone. The C library's differ in the
/// last bit between versions, and a stored search must plan the same loads on each host.
package enum Logarithm {
    private static let ln2 = 0.6931471805599453

    /// Returns the natural logarithm of a finite number above 0; the relative error is below 1e-14.
    package static func ln(_ x: Double) -> Double {
        var exponent = Double(x.exponent)
        var fraction = x.significand
        if fraction > 1.4142135623730951 {
            fraction /= 2
            exponent += 1
        }
        // ln f = 2 artanh((f - 1) / (f + 1)), and the argument is at most 0.172.
        let z = (fraction - 1) / (fraction + 1)
        var power = z
        var sum = 0.0
        var divisor = 1.0
        while divisor < 30 {
            sum += power / divisor
            power *= z * z
            divisor += 2
        }
        return exponent * ln2 + 2 * sum
    }

    /// Returns e to the power of `x`, for -700 to 700; the relative error is below 1e-13.
    static func exp(_ x: Double) -> Double {
        let exponent = (x / ln2).rounded()
        let rest = x - exponent * ln2
        var term = 1.0
        var sum = 1.0
        for n in 1...18 {
            term *= rest / Double(n)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(exponent), significand: sum)
    }
}
