extension String {
    /// At most so many characters, with an ellipsis for what was left out in the middle: names come from settings and data, and a
    /// picture has only so much room.
    func shortened(to most: Int) -> String {
        guard count > most, most > 2 else { return self }
        let tail = (most - 1) / 2
        return prefix(most - 1 - tail) + "…" + suffix(tail)
    }
}
