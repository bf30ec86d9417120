import Records
import Testing

@Suite struct StateArchiveTests {
    @Test func `every kind of tensor comes back as it was put, in the order of putting`() throws {
        var archive = StateArchive()
        archive.put("b", floats: [1.5, -.infinity])
        archive.put("a", doubles: [.nan, Double.leastNonzeroMagnitude])
        archive.put("d", counters: [.max, 0])
        archive.put("c", bytes: [7, 255])
        #expect(archive.names == ["b", "a", "d", "c"])
        #expect(try archive.floats("b") == [1.5, -.infinity])
        #expect(try archive.doubles("a").map(\.bitPattern) == [Double.nan.bitPattern, 1])
        #expect(try archive.counters("d", count: 2) == [.max, 0])
        #expect(try archive.bytes("c") == [7, 255])
    }

    @Test func `putting a name again replaces it in its place`() throws {
        var archive = StateArchive()
        archive.put("a", floats: [1])
        archive.put("b", floats: [2])
        archive.put("a", floats: [3, 4])
        #expect(archive.names == ["a", "b"])
        #expect(try archive.floats("a") == [3, 4])
    }

    @Test func `archives are equal exactly when all bits and the order are`() {
        func archive(_ value: Double, _ names: [String] = ["x", "y"]) -> StateArchive {
            var archive = StateArchive()
            for name in names { archive.put(name, doubles: [value]) }
            return archive
        }
        #expect(archive(.nan) == archive(.nan))
        #expect(archive(0) != archive(-0.0))
        #expect(archive(1, ["x", "y"]) != archive(1, ["y", "x"]))
    }

    @Test func `what is missing, of another element or of another count is refused by name`() {
        var archive = StateArchive()
        archive.put("weights", floats: [1, 2, 3])
        #expect(throws: StateError.missing(name: "bias")) { try archive.floats("bias") }
        #expect(throws: StateError.wrongElement(name: "weights", found: .float32, expected: .float64)) {
            try archive.doubles("weights")
        }
        #expect(throws: StateError.wrongCount(name: "weights", found: 3, expected: 4)) {
            try archive.floats("weights", count: 4)
        }
        #expect(StateError.missing(name: "bias").disposition == .stop)
        #expect("\(StateError.missing(name: "bias"))".contains("`bias`"))
    }

    @Test func `copying fills the target or leaves it alone`() throws {
        var archive = StateArchive()
        archive.put("weights", floats: [1, 2, 3])
        var fitting = [Float](repeating: 0, count: 3)
        try fitting.withUnsafeMutableBufferPointer { try archive.copy("weights", floats: $0) }
        #expect(fitting == [1, 2, 3])
        var short = [Float](repeating: 9, count: 2)
        #expect(throws: StateError.wrongCount(name: "weights", found: 3, expected: 2)) {
            try short.withUnsafeMutableBufferPointer { try archive.copy("weights", floats: $0) }
        }
        #expect(short == [9, 9])
    }
}
