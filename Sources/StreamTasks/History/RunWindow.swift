/// One window of a run: what was predicted, and how it fared.
package struct RunWindow: StreamWindow {
    package var score = ValueMoments()
    /// As the model minimizes it.
    package var loss = ValueMoments()
    /// 0 or 1 for a class that was right or wrong, the absolute error of a regression.
    package var error = ValueMoments()

    package init() {}

    package mutating func merge(_ other: RunWindow) {
        score.merge(other.score)
        loss.merge(other.loss)
        error.merge(other.error)
    }
}

/// One window of a feature that is a number.
package struct ValueWindow: StreamWindow {
    package var values = ValueMoments()
    /// Records without it.
    package var missing = 0

    package init() {}

    package mutating func merge(_ other: ValueWindow) {
        values.merge(other.values)
        missing += other.missing
    }
}
