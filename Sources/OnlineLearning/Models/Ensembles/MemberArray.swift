/// Owner of a fixed run of members that can't be copied.
///
/// - Cost: memory is taken at `init` only.
public struct MemberArray<Member: ~Copyable>: ~Copyable {
    public let count: Int
    private let base: UnsafeMutablePointer<Member>

    /// - Parameter make: gives the member of each index, from 0.
    public init(count: Int, _ make: (Int) -> Member) {
        precondition(count >= 0, "no fewer than no members")
        self.count = count
        base = .allocate(capacity: count)
        for index in 0..<count { (base + index).initialize(to: make(index)) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// A member in its place.
    @inlinable
    public subscript(index: Int) -> Member {
        @inline(__always) unsafeAddress { UnsafePointer(member(index)) }
        @inline(__always) unsafeMutableAddress { member(index) }
    }

    @usableFromInline
    func member(_ index: Int) -> UnsafeMutablePointer<Member> {
        precondition(index >= 0 && index < count, "there is no such member")
        return base + index
    }
}
