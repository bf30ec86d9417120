/// One record's features as a model sees them: scaled, finite, within ±10,000. Borrowed, and valid for one call.
public struct InputVector {
    /// Shape: `[InputShape.dense]`; for a model of sequences `[steps, InputShape.dense]`, the steps in order.
    public var dense: UnsafeBufferPointer<Float>
    /// The coordinates that aren't 0, of as many as `InputShape.sparse` says. An index may come more than once: its values add up.
    public var sparse: UnsafeBufferPointer<SparseValue>
    /// How many steps a sequence has; 1 for everything else.
    public var steps: Int
    /// Tells inputs apart: a model that learns from the vector it predicted last may reuse what it computed. 0: no such promise.
    public var stamp: UInt64

    public init(
        dense: UnsafeBufferPointer<Float>,
        sparse: UnsafeBufferPointer<SparseValue> = UnsafeBufferPointer(start: nil, count: 0), steps: Int = 1,
        stamp: UInt64 = 0
    ) {
        self.dense = dense
        self.sparse = sparse
        self.steps = steps
        self.stamp = stamp
    }
}

/// One coordinate of a hashed or one-hot space, and its value there.
public struct SparseValue: Sendable, Hashable, BitwiseCopyable {
    public var index: UInt32
    public var value: Float

    public init(index: UInt32, value: Float) {
        self.index = index
        self.value = value
    }
}

/// What a model's inputs look like; the same for all records of a pipeline.
public struct InputShape: Sendable, Hashable {
    /// Dense values, of a record or of each step of a sequence.
    public var dense: Int
    /// Coordinates of the sparse space, a power of two where it is hashed; 0 without one.
    public var sparse: Int
    /// The most steps that a sequence has; 1 for everything else.
    public var steps: Int
    /// Channels, height and width of dense values that are an image; their product is `dense`. Nil for everything else.
    public var image: ImageShape?

    public init(dense: Int, sparse: Int = 0, steps: Int = 1, image: ImageShape? = nil) {
        self.dense = dense
        self.sparse = sparse
        self.steps = steps
        self.image = image
    }
}

/// Shape of an image in the order NCHW.
public struct ImageShape: Sendable, Hashable {
    public var channels: Int
    public var height: Int
    public var width: Int

    public init(channels: Int, height: Int, width: Int) {
        self.channels = channels
        self.height = height
        self.width = width
    }

    public var count: Int { channels * height * width }
}
