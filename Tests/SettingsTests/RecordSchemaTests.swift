import JSONTree
import TestSupport
import Testing

struct RecordSchemaTests {
    private func findings(_ schema: String, _ text: String) throws -> [String] {
        try JSONSchema(named: schema).findings(JSONValue.parse(text))
    }

    @Test(arguments: [
        (
            "feature-record",
            #"{"id": "e-1", "timestamp": 1700000000123, "features": {"a": 0.06}, "label": "UP", "weight": 1}"#
        ),
        ("feature-record", #"{"features": {"a": null}}"#),
        (
            "prediction",
            #"{"id": 1, "timestamp": 5, "model": "e", "version": "0-12", "prediction": "UP", "score": 0.5}"#
        ),
        (
            "prediction",
            #"{"id": "a", "timestamp": 5, "model": "e", "version": "0-12", "prediction": 1.5, "score": 1.5, "learned": true}"#
        ),
        (
            "drift-metric",
            #"{"time": 5, "signal": "loss", "detector": "adwin", "window": 3, "statistic": 0.1, "threshold": 0.2, "drift": false, "warning": false, "records": 1000, "accuracy": 0.9}"#
        ),
        (
            "drift-alert",
            #"{"time": 5, "signal": "loss", "detector": "adwin", "statistic": 1, "threshold": 0.2, "records": 7, "feature": null, "before": 1, "after": 2, "effect": 0.5, "minimum_effect": 0.1, "loss_effect": 1, "rank": 1, "since": {"record": 3, "offset": null, "time": null}, "evidence": null, "level": null, "p_value": null, "histograms": null, "action": "none", "alongside": []}"#
        ),
        (
            "drift-recovery",
            #"{"time": 5, "signal": "loss", "detector": "adwin", "records": 9, "feature": null, "ending": "settled", "lasted_records": 2, "lasted_ms": null, "peak_effect": 0.5, "action": "none"}"#
        ),
        (
            "input-gap",
            #"{"time": 5, "signal": "input", "topic": "e.features", "partition": 0, "from": 3, "to": 9, "records": 3}"#
        ),
        (
            "journal-entry",
            #"{"epoch": 1, "writer": 7, "sequence": 1, "records": 9, "inputs": ["e.features/0"], "runs": [[0, 0, 9]]}"#
        ),
    ])
    func `records as the contract shows them fit`(_ schema: String, _ record: String) throws {
        #expect(try findings(schema, record) == [])
    }

    @Test(arguments: [
        ("feature-record", #"{"id": "e-1"}"#, "/features: is missing"),
        ("feature-record", #"{"features": {}}"#, "/features: has too few members"),
        ("feature-record", #"{"features": {"a": 1}, "weight": -1}"#, "/weight: -1 breaks minimum 0"),
        (
            "prediction", #"{"id": 1, "timestamp": 5, "model": "e", "version": "x", "prediction": "UP", "score": 0.5}"#,
            #"/version: "x" breaks pattern "^[0-9]+-[0-9]+$""#
        ),
        (
            "prediction",
            #"{"id": 1, "timestamp": 5, "model": "e", "version": "0-1", "prediction": 1, "score": 0.5, "more": 1}"#,
            "/more: isn't declared"
        ),
        (
            "drift-metric", #"{"time": 5, "signal": "", "window": 0, "records": 1, "x": "y"}"#,
            #"/signal: "" breaks minLength 1"#
        ),
        (
            "drift-recovery",
            #"{"time": 5, "signal": "loss", "detector": "adwin", "records": 9, "feature": null, "ending": "gone", "lasted_records": 2, "lasted_ms": null, "peak_effect": 0.5, "action": "none"}"#,
            #"/ending: "gone" breaks enum ["returned","settled"]"#
        ),
        (
            "input-gap",
            #"{"time": 5, "signal": "loss", "topic": "e.features", "partition": 0, "from": 3, "to": 9, "records": 3}"#,
            #"/signal: "loss" breaks enum ["input"]"#
        ),
        (
            "journal-entry",
            #"{"epoch": 1, "writer": 7, "sequence": 1, "records": 9, "inputs": ["e.features"], "runs": [[0, 0]]}"#,
            #"/inputs/0: "e.features" breaks pattern "^[a-zA-Z0-9._-]+/[0-9]+$""#
        ),
        (
            "journal-entry",
            #"{"epoch": 1, "writer": 7, "sequence": 1, "records": 9, "inputs": ["e.features/0"], "runs": [[0, 0]]}"#,
            "/runs/0: [0,0] breaks minItems 3"
        ),
        ("dead-letter-headers", #"{"millrace-input": "t/0/1"}"#, "/__connect.errors.topic: is missing"),
    ])
    func `records that break the contract don't`(_ schema: String, _ record: String, _ finding: String) throws {
        #expect(try findings(schema, record).contains(finding))
    }
}
