internal import Dispatch
internal import KafkaClient
internal import StreamTasks
internal import Synchronization

/// What the assignment's thread asks of a worker.
enum WorkerOrder: @unchecked Sendable {
    /// Takes a task over; from here on it belongs to the worker's thread.
    case take(TaskRunner)
    /// Lets tasks go: with a commit and a snapshot, or, where the partitions are lost, as they are.
    case release([TopicPartition], lost: Bool, deadline: Double, done: DispatchSemaphore)
    /// Brings the worker's transactional producers to where they can begin.
    case renew(done: DispatchSemaphore)
    /// Ends the worker. Its tasks have been released before.
    case stop
}

/// Orders for one worker, in order.
final class Mailbox: Sendable {
    private let orders = Mutex<[WorkerOrder]>([])

    func put(_ order: WorkerOrder) { orders.withLock { $0.append(order) } }

    func takeAll() -> [WorkerOrder] {
        orders.withLock { orders in
            if orders.isEmpty { return [] }
            defer { orders.removeAll() }
            return orders
        }
    }
}
