import DatasetFiles
import Foundation
import JSONTree
import RecordCodecs
import TestSupport
import Testing

@Suite struct DatasetTests {
    /// A file with this content, which is gone afterwards.
    private func withFile<Result>(
        _ name: String, _ content: [UInt8], _ body: (String) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dataset-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(content).write(to: file)
        return try body(file.path)
    }

    private func records(_ path: String, _ columns: DatasetColumns = DatasetColumns()) throws -> [String] {
        var reader = try DatasetReader(path: path, columns: columns)
        var records: [String] = []
        while let record = try reader.next() { records.append(String(decoding: record, as: UTF8.self)) }
        #expect(reader.recordsRead == records.count && reader.bytesRead == reader.byteCount)
        return records
    }

    private func records(csv: String, _ columns: DatasetColumns = DatasetColumns()) throws -> [String] {
        try withFile("a.csv", Array(csv.utf8)) { try records($0, columns) }
    }

    @Test func `the electricity stream is 45,312 records of six features`() throws {
        let path = Fixtures.data("electricity.csv.gz").path
        var reader = try DatasetReader(path: path, columns: DatasetColumns(label: "class"))
        #expect(reader.header.count == 7)
        let first = try #require(try reader.next()).map { $0 }
        #expect(
            String(decoding: first, as: UTF8.self)
                == #"{"features":{"period":0,"nswprice":0.05644299999999999,"nswdemand":0.439155,"vicprice":0.003467,"#
                + #""vicdemand":0.422915,"transfer":0.414912},"label":"UP"}"#)
        while try reader.next() != nil {}
        #expect(reader.recordsRead == 45_312 && reader.bytesRead == reader.byteCount)
    }

    @Test func `numbers become numbers, everything else strings, and nothing null`() throws {
        let rows = try records(csv: "a,b,c,d,e,f\n1,-2.50,x,,nan,1e3\n+1,.5,007,1.,12345678901234567890,1e999\n")
        #expect(
            rows == [
                #"{"features":{"a":1,"b":-2.50,"c":"x","d":null,"e":"nan","f":1000}}"#,
                #"{"features":{"a":1,"b":0.5,"c":7,"d":1,"e":12345678901234567168.0,"f":"1e999"}}"#,
            ])
        for row in rows { _ = try JSONValue.parse(row) }
    }

    @Test func `a column of numbers is null where it says that there is none`() throws {
        let columns = DatasetColumns(
            categories: .all, numbers: ["x", "y"], vectors: [VectorColumns(name: "v", columns: ["p", "q"])])
        #expect(
            try records(csv: "x,y,z,p,q\nNA,?,NA,NaN,1\n1,nan,2,null,N/A\nnone,,?,3,4\n", columns) == [
                #"{"features":{"x":null,"y":null,"z":"NA","v":[null,1]}}"#,
                #"{"features":{"x":1,"y":null,"z":"2","v":[null,null]}}"#,
                #"{"features":{"x":"none","y":null,"z":"?","v":[3,4]}}"#,
            ])
    }

    @Test func `columns become the vectors that they are said to be`() throws {
        let columns = DatasetColumns(
            label: "class", categories: .all,
            vectors: [
                VectorColumns(name: "p", columns: ["p1", "p0"]), VectorColumns(name: "q", columns: ["p0", "p2"]),
            ])
        #expect(
            try records(csv: "p0,x,p1,class,p2\n1,2,0.5,UP,\n", columns) == [
                #"{"features":{"x":"2","p":[0.5,1],"q":[1,null]},"label":"UP"}"#
            ])
        for wrong in [["p0", "class"], ["p0", "p9"]] {
            let columns = DatasetColumns(label: "class", vectors: [VectorColumns(name: "p", columns: wrong)])
            #expect(throws: DatasetError.self) { try records(csv: "p0,class\n1,UP\n", columns) }
        }
        let taken = DatasetColumns(vectors: [VectorColumns(name: "x", columns: ["p0"])])
        #expect(throws: DatasetError.self) { try records(csv: "p0,x\n1,2\n", taken) }
    }

    @Test func `columns get the roles that they are given`() throws {
        let csv = "t,k,x,y,class\n5,id-1,3,4,1\n"
        let columns = DatasetColumns(label: "class", id: "k", timestamp: "t", categories: .named(["y"]))
        #expect(
            try records(csv: csv, columns) == [#"{"id":"id-1","timestamp":5,"features":{"x":3,"y":"4"},"label":1}"#])
        let all = DatasetColumns(label: "class", categories: .all)
        #expect(
            try records(csv: csv, all) == [#"{"features":{"t":"5","k":"id-1","x":"3","y":"4"},"label":1}"#])
    }

    @Test func `quotes are read as RFC 4180 has them`() throws {
        let csv = "\u{FEFF}\"a\",\"b \"\"c\"\"\"\r\n\"x,\r\ny\",\"\"\"\"\r\n\r\n\"\",2"
        #expect(
            try records(csv: csv) == [
                #"{"features":{"a":"x,\r\ny","b \"c\"":"\""}}"#, #"{"features":{"a":null,"b \"c\"":2}}"#,
            ])
    }

    @Test(arguments: [
        ("a,b\n1,2\n3\n", "line 3: has 1 cells, expected are 2"), ("a,b\n\"1\n\n,2\n", "line 2, column 1: a quote"),
        ("a,b\n1,\"2\"x\n", "line 2, column 3: a quote"), ("", "is empty"), ("a,a\n", "two columns `a`"),
    ])
    func `an error names file, line and column`(_ csv: String, _ part: String) throws {
        let error = try #require(throws: DatasetError.self) { try records(csv: csv) }
        #expect(error.description.contains(part) && error.description.contains("a.csv"), "\(error)")
    }

    @Test func `what isn't UTF-8 is named by its place`() throws {
        let error = try #require(throws: DatasetError.self) {
            try withFile("a.csv", Array("a,b\n1,2\n1,".utf8) + [0xFF, 0x0A]) { try records($0) }
        }
        #expect(error.description.hasSuffix("line 3, column 3: is not UTF-8"))
    }

    @Test func `columns that aren't there and other kinds of file are refused`() throws {
        #expect(throws: DatasetError.self) { try records(csv: "a\n1\n", DatasetColumns(label: "b")) }
        #expect(throws: DatasetError.self) { try records(csv: "a\n1\n", DatasetColumns(label: "a", id: "a")) }
        #expect(throws: DatasetError.self) { try records("/nowhere/a.csv") }
        #expect(throws: DatasetError.self) { try records("/nowhere/a.parquet") }
    }

    @Test func `lines of JSON come as they are`() throws {
        let lines = "{\"a\": \"x\"}\n\r\n{\"b\":2}\r\n{\"c\":3}"
        let read = try withFile("a.jsonl", Array(lines.utf8)) { try records($0) }
        #expect(read == ["{\"a\": \"x\"}", "{\"b\":2}", "{\"c\":3}"])
    }

    @Test func `a gzip file that is cut off is an error`() throws {
        let whole = try Data(contentsOf: Fixtures.data("electricity.csv.gz"))
        #expect(throws: DatasetError.self) {
            try withFile("a.csv.gz", Array(whole.prefix(whole.count / 2))) { try records($0) }
        }
    }

    @Test func `a cell longer than the buffer is read`() throws {
        let long = String(repeating: "é", count: 400_000)
        #expect(try records(csv: "a,b\n\"\(long)\",1\n") == [#"{"features":{"a":"\#(long)","b":1}}"#])
    }
}
