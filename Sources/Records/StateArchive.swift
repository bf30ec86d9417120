/// The state of one task as named tensors, in the order in which they were put.
///
/// Every stateful part writes all of itself under a name of its own (`scaler/…`, `model/…`). Two archives are equal
/// exactly when the states are, bit for bit: that is what the restore tests compare. It is made at snapshots, never for
/// a record.
public struct StateArchive: Sendable, Equatable {
    public enum Element: String, Sendable, CaseIterable {
        case float32 = "F32"
        case float64 = "F64"
        case unsigned64 = "U64"
        case unsigned8 = "U8"

        public var size: Int {
            switch self {
            case .float32: 4
            case .float64, .unsigned64: 8
            case .unsigned8: 1
            }
        }
    }

    public struct Tensor: Sendable, Equatable {
        public var element: Element
        public var shape: [Int]
        /// Little-endian, C order.
        public var bytes: [UInt8]

        public init(element: Element, shape: [Int], bytes: [UInt8]) {
            self.element = element
            self.shape = shape
            self.bytes = bytes
        }
    }

    public private(set) var names: [String] = []
    private var tensors: [String: Tensor] = [:]

    public init() {}

    public subscript(name: String) -> Tensor? { tensors[name] }

    /// Adds a tensor; putting a name twice replaces the first one in place.
    public mutating func put(_ name: String, _ tensor: Tensor) {
        if tensors.updateValue(tensor, forKey: name) == nil { names.append(name) }
    }

    public mutating func put(_ name: String, floats: UnsafeBufferPointer<Float>, shape: [Int]? = nil) {
        put(
            name,
            Tensor(element: .float32, shape: shape ?? [floats.count], bytes: [UInt8](UnsafeRawBufferPointer(floats))))
    }

    public mutating func put(_ name: String, doubles: UnsafeBufferPointer<Double>, shape: [Int]? = nil) {
        put(
            name,
            Tensor(element: .float64, shape: shape ?? [doubles.count], bytes: [UInt8](UnsafeRawBufferPointer(doubles))))
    }

    public mutating func put(_ name: String, counters: UnsafeBufferPointer<UInt64>, shape: [Int]? = nil) {
        put(
            name,
            Tensor(
                element: .unsigned64, shape: shape ?? [counters.count], bytes: [UInt8](UnsafeRawBufferPointer(counters))
            ))
    }

    public mutating func put(_ name: String, floats: [Float]) {
        floats.withUnsafeBufferPointer { put(name, floats: $0) }
    }
    public mutating func put(_ name: String, doubles: [Double]) {
        doubles.withUnsafeBufferPointer { put(name, doubles: $0) }
    }
    public mutating func put(_ name: String, counters: [UInt64]) {
        counters.withUnsafeBufferPointer { put(name, counters: $0) }
    }
    public mutating func put(_ name: String, bytes: [UInt8]) {
        put(name, Tensor(element: .unsigned8, shape: [bytes.count], bytes: bytes))
    }

    /// Copies a tensor into `target`, which must have exactly its count.
    /// - Throws: `StateError` where the tensor is missing, of another element or of another count.
    public func copy(_ name: String, floats target: UnsafeMutableBufferPointer<Float>) throws(StateError) {
        try copy(name, .float32, into: UnsafeMutableRawBufferPointer(target))
    }

    public func copy(_ name: String, doubles target: UnsafeMutableBufferPointer<Double>) throws(StateError) {
        try copy(name, .float64, into: UnsafeMutableRawBufferPointer(target))
    }

    public func copy(_ name: String, counters target: UnsafeMutableBufferPointer<UInt64>) throws(StateError) {
        try copy(name, .unsigned64, into: UnsafeMutableRawBufferPointer(target))
    }

    /// The whole tensor; with `count`, exactly so many.
    public func floats(_ name: String, count: Int? = nil) throws(StateError) -> [Float] {
        try values(name, .float32, count: count)
    }

    public func doubles(_ name: String, count: Int? = nil) throws(StateError) -> [Double] {
        try values(name, .float64, count: count)
    }

    public func counters(_ name: String, count: Int? = nil) throws(StateError) -> [UInt64] {
        try values(name, .unsigned64, count: count)
    }

    public func bytes(_ name: String) throws(StateError) -> [UInt8] { try values(name, .unsigned8, count: nil) }

    private func values<Value: BitwiseCopyable>(
        _ name: String, _ element: Element, count: Int?
    ) throws(StateError) -> [Value] {
        let tensor = try tensor(name, element)
        let found = tensor.bytes.count / element.size
        if let count, count != found { throw .wrongCount(name: name, found: found, expected: count) }
        return tensor.bytes.withUnsafeBytes { raw in
            (0..<found).map { raw.loadUnaligned(fromByteOffset: $0 * element.size, as: Value.self) }
        }
    }

    private func copy(
        _ name: String, _ element: Element, into target: UnsafeMutableRawBufferPointer
    ) throws(StateError) {
        let tensor = try tensor(name, element)
        guard tensor.bytes.count == target.count else {
            throw .wrongCount(
                name: name, found: tensor.bytes.count / element.size, expected: target.count / element.size)
        }
        target.copyBytes(from: tensor.bytes)
    }

    private func tensor(_ name: String, _ element: Element) throws(StateError) -> Tensor {
        guard let tensor = tensors[name] else { throw .missing(name: name) }
        guard tensor.element == element else {
            throw .wrongElement(name: name, found: tensor.element, expected: element)
        }
        return tensor
    }
}

/// A snapshot's state that doesn't fit the part that reads it.
public enum StateError: Error, Equatable, CustomStringConvertible {
    case missing(name: String)
    case wrongElement(name: String, found: StateArchive.Element, expected: StateArchive.Element)
    case wrongCount(name: String, found: Int, expected: Int)
    case impossible(name: String, reason: String)

    public var disposition: Disposition { .stop }

    public var description: String {
        switch self {
        case .missing(let name): "the state has no tensor `\(name)`"
        case .wrongElement(let name, let found, let expected):
            "the tensor `\(name)` holds \(found.rawValue), expected is \(expected.rawValue)"
        case .wrongCount(let name, let found, let expected):
            "the tensor `\(name)` has \(found) elements, expected are \(expected)"
        case .impossible(let name, let reason): "the tensor `\(name)` can't be: \(reason)"
        }
    }
}

/// A part whose whole state goes into a snapshot and comes back from it, bit for bit.
public protocol Checkpointable: ~Copyable {
    /// Writes every bit of state under `prefix`, which ends in no slash: tensors are named `prefix/part`.
    func save(to archive: inout StateArchive, under prefix: String)

    /// Takes the state over. The part has been made with the same configuration.
    mutating func restore(from archive: StateArchive, under prefix: String) throws(StateError)
}
