/// How an image is written out as columns for a convolution, and columns are added up to an image again.
extension LayerPlan {
    /// `columns[channel, y, x of the window, place] = image[channel, place + (y, x)]`, 0 outside of the image.
    /// - Shape: `[channels, height, width]` into `[patch, pixels]`.
    func writeColumns(_ image: UnsafePointer<Float>, into columns: UnsafeMutablePointer<Float>) {
        forEachPlane { plane, column, windowY, windowX in
            let column = columns + column
            if keepsWidth {
                let run = run(windowY, windowX)
                column.update(repeating: 0, count: run.first)
                (column + run.first).update(from: image + (plane + run.first + run.shift), count: run.count)
                (column + run.first + run.count).update(repeating: 0, count: pixels - run.first - run.count)
                clearEdge(of: column, windowX)
                return
            }
            let (first, end) = insideX(windowX)
            for y in 0..<output.height {
                let line = column + y * output.width
                let imageY = y * stride + windowY - padding
                line.update(repeating: 0, count: output.width)
                guard imageY >= 0, imageY < input.height, first < end else { continue }
                let source = image + (plane + imageY * input.width)
                for x in first..<end { line[x] = source[x * stride + windowX - padding] }
            }
        }
    }

    /// The sum of the columns' values at each pixel of the image that they came from. The columns are used up.
    /// - Shape: `[patch, pixels]` into `[channels, height, width]`.
    func addColumns(_ columns: UnsafeMutablePointer<Float>, into image: UnsafeMutablePointer<Float>) {
        image.update(repeating: 0, count: input.count)
        forEachPlane { plane, column, windowY, windowX in
            let column = columns + column
            if keepsWidth {
                let run = run(windowY, windowX)
                clearEdge(of: column, windowX)
                let source = column + run.first
                let target = image + (plane + run.first + run.shift)
                for place in 0..<run.count { target[place] += source[place] }
                return
            }
            let (first, end) = insideX(windowX)
            for y in 0..<output.height where first < end {
                let imageY = y * stride + windowY - padding
                guard imageY >= 0, imageY < input.height else { continue }
                let line = column + y * output.width
                let target = image + (plane + imageY * input.width)
                for x in first..<end { target[x * stride + windowX - padding] += line[x] }
            }
        }
    }

    /// Calls with the start of each channel's plane in the image, the start of each of the columns' rows, and the place in the
    /// window that the row is for.
    @inline(__always)
    private func forEachPlane(_ body: (_ plane: Int, _ column: Int, _ windowY: Int, _ windowX: Int) -> Void) {
        var column = 0
        for channel in 0..<input.channels {
            for windowY in 0..<window {
                for windowX in 0..<window {
                    body(channel * input.height * input.width, column, windowY, windowX)
                    column += pixels
                }
            }
        }
    }

    /// Whether a row of columns is the image's plane, shifted: then it is one copy, but for the edges.
    @inline(__always)
    private var keepsWidth: Bool { stride == 1 && output.width == input.width && output.height == input.height }

    /// The places whose pixel lies in the image's lines, and how far it is off.
    @inline(__always)
    private func run(_ windowY: Int, _ windowX: Int) -> (first: Int, count: Int, shift: Int) {
        let (down, right) = (windowY - padding, windowX - padding)
        let shift = down * input.width + right
        let first = max(0, -shift)
        let end = min(pixels, pixels - shift)
        return (min(first, pixels), max(0, end - first), shift)
    }

    /// Sets the places to 0 whose pixel would lie beyond the left or the right edge: shifted, it is another line's.
    @inline(__always)
    private func clearEdge(of column: UnsafeMutablePointer<Float>, _ windowX: Int) {
        let right = windowX - padding
        let (first, end) = right < 0 ? (0, min(-right, output.width)) : (max(output.width - right, 0), output.width)
        guard first < end else { return }
        for y in 0..<output.height {
            for x in first..<end { column[y * output.width + x] = 0 }
        }
    }

    /// The places of a line at which the window's column `windowX` lies inside of the image: from, and up to.
    @inline(__always)
    private func insideX(_ windowX: Int) -> (first: Int, end: Int) {
        let first = max(0, (padding - windowX + stride - 1) / stride)
        let last = input.width - 1 + padding - windowX
        return (min(first, output.width), last < 0 ? 0 : min(output.width, last / stride + 1))
    }
}
