import Failpoints

/// The failpoints that a single process meets, in an order in which each is met: a replay needs a life before it that
/// died between its commit and its snapshot.
enum SweptFailpoints {
    struct Point {
        var name: String
        /// As often as a life of some sixty records meets it.
        var hits: Int
    }

    static func all(_ promise: DeliveryCheck.Promise, _ kind: DeliveryTrial.Kind) -> [Point] {
        var points: [(Failpoint, Int)] = [
            (.assigned, 1), (.restore, 2), (.learn, 50), (.produce, 50), (.flush, 1), (.snapshotCopy, 2),
        ]
        switch promise {
        case .atLeastOnce: points += [(.commitOffsets, 2)]
        case .exactlyOnce:
            points += [(.beginTransaction, 2), (.sendOffsets, 2), (.commitTransaction, 2), (.committed, 2)]
        }
        switch kind {
        case .plain: points += [(.snapshotWrite, 2), (.replay, 20), (.fsync, 4), (.rename, 2)]
        case .snapshotsInTopic: points += [(.chunk, 2), (.readBack, 2), (.manifest, 2), (.replay, 20), (.tombstone, 4)]
        case .lateLabels: points += [(.snapshotWrite, 2), (.replay, 20), (.journal, 2)]
        case .sharedModel: points += [(.snapshotWrite, 2), (.replay, 20), (.journal, 2), (.mix, 4)]
        }
        return points.map { Point(name: name(of: $0), hits: $1) }
    }

    static func name(of failpoint: Failpoint) -> String {
        millrace_failpoint_name(UInt(failpoint.rawValue)).map { String(cString: $0) } ?? ""
    }
}
