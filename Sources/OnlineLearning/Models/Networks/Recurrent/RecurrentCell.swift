/// What a recurrent network keeps from one step of a sequence to the next.
public enum RecurrentCell: String, Sendable, Hashable, CaseIterable {
    /// One sum a unit, bent by tanh (Elman, Cognitive Science 14, 1990).
    case rnn
    /// Gated recurrent unit: it chooses what to forget and what to renew (Cho et al., EMNLP 2014; the reset gate behind the
    /// matrix, as in cuDNN and PyTorch). Gates in the order reset, update, new.
    case gru
    /// Long short-term memory: a cell beside the hidden state, with gates in, forget, cell, out (Hochreiter and Schmidhuber,
    /// Neural Computation 9, 1997; forget gate by Gers, Schmidhuber and Cummins, 2000).
    case lstm

    /// Sums a hidden unit.
    var gates: Int {
        switch self {
        case .rnn: 1
        case .gru: 3
        case .lstm: 4
        }
    }
}
