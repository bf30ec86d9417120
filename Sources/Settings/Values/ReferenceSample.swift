/// A feature's values out of a reference file, in the order of its records.
package struct ReferenceSample: Sendable, Hashable {
    package let feature: String
    /// In the feature's unit; of a category its value's place among the declared ones, or how many those are where it is none of
    /// them. Infinite where it is missing.
    package let values: [Double]
    /// SHA-256 over the values' bits: state that rests on them says so by it.
    package let digest: String

    package init(feature: String, values: [Double]) {
        self.feature = feature
        self.values = values
        let bits = values.map { String($0.bitPattern, radix: 16) }.joined(separator: ",")
        digest = PipelineSettings.digest(of: [(feature, bits)])
    }
}
