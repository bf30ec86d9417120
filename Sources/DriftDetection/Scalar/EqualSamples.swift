/// The exact Kolmogorov-Smirnov test between two samples of one size.
///
/// - Source: Hodges, The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3 (1958): the share
///   of the lattice paths that leave a band, by reflection.
enum EqualSamples {
    /// The least difference of counts whose p is at most `alpha`, and that is more than a tenth of the sample (as river's
    /// KSWIN asks, too); one more than the sample where there is none.
    static func critical(alpha: Double, size: Int) -> Int {
        guard size > 0 else { return 1 }
        return (1...size).first { Double($0) / Double(size) > 0.1 && probability(of: $0, size: size) <= alpha }
            ?? size + 1
    }

    /// The probability that the counts of two equal samples of one distribution differ by `difference` or more somewhere.
    static func probability(of difference: Int, size: Int) -> Double {
        var total = 0.0
        for fold in stride(from: size / difference, through: 0, by: -1) {
            var share = 1.0
            for step in 0..<difference {
                let (less, more) = (size - fold * difference - step, size + fold * difference + step + 1)
                share = Double(less) * share / Double(more)
            }
            total = share * (1 - total)
        }
        return 2 * total
    }
}
