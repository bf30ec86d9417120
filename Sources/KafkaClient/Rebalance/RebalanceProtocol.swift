/// How the group hands partitions over.
package enum RebalanceProtocol: String, Sendable {
    /// All partitions are revoked, then all assigned anew.
    case eager = "EAGER"
    /// Only the partitions that move are revoked and assigned.
    case cooperative = "COOPERATIVE"
    /// Not in a group.
    case none = "NONE"
}
