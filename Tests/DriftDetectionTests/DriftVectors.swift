import Crypto
import DriftDetection
import Foundation
import JSONTree
import TestSupport

/// One file of drift vectors: streams by recipe, and the indexes at which the libraries' detectors fire.
struct DriftVectors {
    struct Row {
        var library: String
        var detector: String
        /// Nil for the electricity stream's errors.
        var stream: String?
        /// One list a seed.
        var detections: [[Int]]

        /// The detector that must meet this row; nil where the project has none of that kind.
        var configuration: DetectorConfiguration? {
            switch (library, detector) {
            case ("river", "ADWIN"): DetectorConfiguration(kind: .adwin) { $0.adwin = ADWINConfiguration() }
            case ("river", "PageHinkley_t10"):
                DetectorConfiguration(kind: .pageHinkley) { $0.pageHinkley.threshold = 10 }
            // It looks one value earlier than river.
            case ("frouros", "DDM"): DetectorConfiguration(kind: .ddm) { $0.ddm.minimumValues = 29 }
            default: kind.map { DetectorConfiguration(kind: $0) }
            }
        }

        private var kind: DetectorKind? {
            switch (library, detector) {
            case ("river", "ADWIN"): .adwin
            case ("capymoa", "ADWIN"): .adwinMOA
            case ("river", "PageHinkley"): .pageHinkley
            case ("capymoa", "PageHinkley"), ("frouros", "PageHinkley"): .pageHinkleyMOA
            case ("capymoa", "CUSUM"), ("frouros", "CUSUM"): .cusum
            case ("river", "KSWIN"): .kswin
            case ("river", "DDM"): .ddm
            case ("river", "EDDM"): .eddm
            case ("capymoa", "EDDM"): .eddmMOA
            case ("frouros", "EDDM"): .eddmFrouros
            case ("river", "HDDM_A"): .hddmA
            case ("capymoa", "HDDM_A"): .hddmAMOA
            case ("frouros", "HDDM_A"): .hddmAFrouros
            case ("river", "HDDM_W"): .hddmW
            case ("capymoa", "HDDM_W"): .hddmWMOA
            case ("frouros", "HDDM_W"): .hddmWFrouros
            case ("capymoa", "RDDM"): .rddm
            case ("capymoa", "STEPD"): .stepdMOA
            default: nil
            }
        }

        /// Whether a detector of ours must agree with this row: river's, and three of CapyMOA's.
        var isOwed: Bool {
            library == "river" || library == "capymoa" && ["CUSUM", "RDDM", "STEPD"].contains(detector)
        }

        var name: String { "\(library) \(detector) on \(stream ?? "electricity")" }
    }

    let json: JSONValue

    init(_ file: URL) throws { json = try JSONValue.parse(contentsOf: file.path) }

    static func all() throws -> [DriftVectors] { try Fixtures.vectors("drift").map(DriftVectors.init) }

    var seeds: [Int] { json["seeds"]?.arrayValue?.compactMap { $0.integerValue.map(Int.init) } ?? [] }
    var streams: [String] { json["streams"]?.objectValue?.keys ?? [] }

    func values(_ stream: String, seed: Int) throws -> [Double] {
        guard let id = json["stream_ids"]?[stream]?.integerValue, let count = json["n"]?.integerValue,
            let change = json["change_point"]?.integerValue
        else { throw MissingVector(description: "no recipe for \(stream)") }
        return RecipeStream.values(stream, seed: seed, stream: Int(id), count: Int(count), changePoint: Int(change))
    }

    /// The errors of a logistic regression on the electricity stream, 0 or 1 a record.
    func electricityErrors() throws -> [Double] {
        guard let errors = json["electricity_errors"], let count = errors["n"]?.integerValue,
            let text = errors["packed_bits_msb_first_base64"]?.stringValue, let bits = Data(base64Encoded: text)
        else { throw MissingVector(description: "no electricity_errors") }
        return (0..<Int(count)).map { index in
            let bit = bits[index / 8] >> UInt8(7 - index % 8)
            return Double(bit & 1)
        }
    }

    func rows(_ key: String) -> [Row] {
        (json[key]?.arrayValue ?? []).compactMap { row in
            guard let library = row["library"]?.stringValue, let detector = row["detector"]?.stringValue,
                let lists = row["detections"]?.arrayValue
            else { return nil }
            return Row(
                library: library, detector: detector, stream: row["stream"]?.stringValue,
                detections: lists.map { ($0.arrayValue ?? []).compactMap { $0.integerValue.map(Int.init) } })
        }
    }

    static func sha256(_ values: [Double]) -> String {
        values.withUnsafeBytes { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: bytes)
            return hash.finalize().map { String(format: "%02x", $0) }.joined()
        }
    }
}

struct MissingVector: Error { var description: String }

/// The indexes at which a detector reports.
func detections(_ configuration: DetectorConfiguration, _ values: [Double]) -> [Int] {
    var detector = Detector(configuration)
    var found: [Int] = []
    for (index, value) in values.enumerated() where detector.update(value) { found.append(index) }
    return found
}
