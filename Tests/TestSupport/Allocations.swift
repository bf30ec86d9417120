internal import CAllocationCounter

/// Heap allocations that this thread makes while `body` runs, counted by standing in for malloc.
public func countAllocations(_ body: () throws -> Void) rethrows -> Int {
    allocation_counter_start()
    defer { _ = allocation_counter_stop() }
    try body()
    return Int(allocation_counter_stop())
}
