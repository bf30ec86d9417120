import DriftDetection
import JSONTree
import Testing

@Suite struct DriftVectorsTests {
    @Test func `the streams are those of the recipe, bit for bit`() throws {
        for vectors in try DriftVectors.all() {
            #expect(!vectors.streams.isEmpty)
            for stream in vectors.streams {
                let entries = try #require(vectors.json["streams"]?[stream]?.arrayValue)
                #expect(entries.count == vectors.seeds.count)
                for entry in entries {
                    let seed = Int(try #require(entry["seed"]?.integerValue))
                    let values = try vectors.values(stream, seed: seed)
                    let first = try #require(entry["first"]?.arrayValue).compactMap(\.doubleValue)
                    #expect(Array(values.prefix(first.count)) == first, "\(stream), seed \(seed)")
                    #expect(DriftVectors.sha256(values) == entry["sha256"]?.stringValue, "\(stream), seed \(seed)")
                }
            }
        }
    }

    @Test func `every row of river, and CapyMOA's of CUSUM, RDDM and STEPD, has a detector that is held to it`() throws
    {
        for vectors in try DriftVectors.all() {
            for row in ["results", "electricity_results"].flatMap(vectors.rows) where row.isOwed {
                #expect(row.configuration != nil, "\(row.name)")
            }
        }
    }

    @Test func `every detector but one follows the rows of a library`() throws {
        let rows = try DriftVectors.all().flatMap { $0.rows("results") + $0.rows("electricity_results") }
        let held = Set(rows.compactMap { $0.configuration?.kind })
        // The paper's STEPD: MOA's differs from it, and river has none.
        #expect(Set(DetectorKind.allCases).subtracting(held) == [.stepd])
    }

    @Test func `every detector fires at the indexes of the library that it agrees with`() throws {
        for vectors in try DriftVectors.all() {
            let rows = vectors.rows("results").filter { $0.configuration != nil }
            for row in rows {
                let (stream, configuration) = (try #require(row.stream), try #require(row.configuration))
                #expect(row.detections.count == vectors.seeds.count)
                for (seed, expected) in zip(vectors.seeds, row.detections) {
                    let found = detections(configuration, try vectors.values(stream, seed: seed))
                    #expect(found == expected, "\(row.name), seed \(seed)")
                }
            }
        }
    }

    @Test func `every detector fires at the same errors of the electricity stream as its library`() throws {
        for vectors in try DriftVectors.all() {
            let errors = try vectors.electricityErrors()
            #expect(errors.reduce(0, +) == vectors.json["electricity_errors"]?["ones"]?.doubleValue)
            let rows = vectors.rows("electricity_results").filter { $0.configuration != nil }
            for row in rows {
                let found = detections(try #require(row.configuration), errors)
                #expect(found == row.detections.first, "\(row.name)")
            }
        }
    }
}
