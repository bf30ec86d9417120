/// One layer of a network, as it is declared; its inputs are what the layer before gives.
public enum NetworkLayer: Sendable, Hashable {
    /// Weighted sums of all inputs, with a bias each.
    case dense(Int)
    /// Weighted sums over a square window that moves over an image.
    case convolution(channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0)
    /// The largest value of each square window; windows stand side by side, and what is left over at the edge is dropped.
    case maxPool(Int)
    /// The mean of each square window.
    case averagePool(Int)
    /// An image as a plain row; it costs nothing, and a dense layer does it by itself.
    case flatten
    case activation(Activation)
    /// While it learns, leaves out each value with this probability and enlarges the others to make up for it.
    case dropout(Double)
}
