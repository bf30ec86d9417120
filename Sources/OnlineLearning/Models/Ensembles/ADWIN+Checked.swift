internal import DriftDetection
internal import Records

extension ADWIN {
    /// Takes over a state whose numbers are such as errors lead to.
    mutating func restoreChecked(from archive: StateArchive, under prefix: String) throws(StateError) {
        for part in ["/window", "/bucket-totals", "/bucket-squares", "/cut"] {
            guard try archive.doubles(prefix + part).allSatisfy({ abs($0) <= 1e90 }) else {
                throw .impossible(name: prefix + part, reason: "not finite, or larger than an error can be")
            }
        }
        try restore(from: archive, under: prefix)
    }
}
