/// What is known of one stretch of a stream, and adds up with the next one's.
package protocol StreamWindow: Sendable {
    init()
    mutating func merge(_ other: Self)
}

/// A stream of any length as at most 120 windows of equal length: whenever they are full, each two become one.
///
/// So the length needn't be known before, what is drawn has enough windows, and what is late finds its own again.
/// - Cost: O(1) a record; memory for 120 windows.
package struct StretchedSeries<Window: StreamWindow>: Sendable {
    /// Even, so that they pair.
    private static var most: Int { 120 }

    /// From the stream's beginning; the last one may not be full.
    package private(set) var windows: [Window] = []
    /// Records in a window.
    package private(set) var width = 25

    package init() { windows.reserveCapacity(Self.most) }

    /// - Parameter record: its number in the stream, from 1.
    @inline(__always)
    package mutating func withWindow(of record: Int, _ body: (inout Window) -> Void) {
        var place = (record - 1) / width
        while place >= Self.most {
            fold()
            place = (record - 1) / width
        }
        while windows.count <= place { windows.append(Window()) }
        body(&windows[place])
    }

    private mutating func fold() {
        for pair in 0..<Self.most / 2 {
            guard 2 * pair < windows.count else { break }
            var both = windows[2 * pair]
            if 2 * pair + 1 < windows.count { both.merge(windows[2 * pair + 1]) }
            windows[pair] = both
        }
        windows.removeLast(windows.count / 2)
        width *= 2
    }
}
