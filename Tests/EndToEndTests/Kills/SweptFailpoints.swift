import Failpoints

/// The failpoints that a single process meets under each promise, in an order in which each is met: a replay needs a life
/// before it that died between its commit and its snapshot.
enum SweptFailpoints {
    static func names(_ promise: DeliveryCheck.Promise) -> [String] {
        let both: [Failpoint] = [
            .assigned, .restore, .learn, .produce, .flush, .snapshotWrite, .replay, .fsync, .rename, .snapshotCopy,
        ]
        let own: [Failpoint] =
            switch promise {
            case .atLeastOnce: [.commitOffsets]
            case .exactlyOnce: [.beginTransaction, .sendOffsets, .commitTransaction, .committed]
            }
        return (both + own).map(name)
    }

    static func name(of failpoint: Failpoint) -> String {
        millrace_failpoint_name(UInt(failpoint.rawValue)).map { String(cString: $0) } ?? ""
    }
}
