import JSONTree
import Records
import TestSupport
import Testing

import Snapshots

@Suite struct SnapshotPythonTests {
    @Test func `Python's safetensors opens a snapshot and finds the same values`() throws {
        try withTemporaryFolder { root in
            let path = try SnapshotDirectory(root: root, pipeline: "p", partition: 0).publish(sampleSnapshot())
            let script = """
                import json, sys
                from safetensors import safe_open
                from safetensors.numpy import load_file
                tensors = load_file(sys.argv[1])
                with safe_open(sys.argv[1], framework="numpy") as file:
                    metadata = file.metadata()
                print(json.dumps({
                    "tensors": {name: {"dtype": str(t.dtype), "shape": list(t.shape), "bytes": t.tobytes().hex()}
                                for name, t in tensors.items()},
                    "metadata": metadata}))
                """
            let found = try JSONValue.parse(try PythonEnvironment.run(script: script, arguments: [path]))
            let state = sampleSnapshot().state
            let tensors = try #require(found["tensors"]?.objectValue)
            #expect(Set(tensors.keys) == Set(state.names))
            let dtypes = ["F32": "float32", "F64": "float64", "U64": "uint64", "U8": "uint8"]
            for name in state.names {
                let tensor = try #require(state[name])
                #expect(tensors[name]?["dtype"]?.stringValue == dtypes[tensor.element.rawValue])
                let shape = tensors[name]?["shape"]?.arrayValue?.compactMap { $0.integerValue.map(Int.init) }
                #expect(shape == tensor.shape)
                #expect(tensors[name]?["bytes"]?.stringValue == hexadecimal(tensor.bytes))
            }
            #expect(found["metadata"]?["records_consumed"] == "45312")
            #expect(found["metadata"]?["format_version"] == "1")
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
