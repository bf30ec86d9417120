/// Sizes of a recurrent network, and where its parameters stand in their block: PyTorch's order.
struct RecurrentShape {
    let width: Int
    let hidden: Int
    let outputs: Int
    let steps: Int
    /// Sums a step: gates times hidden.
    let gates: Int

    init(_ configuration: RecurrentConfiguration, outputs: Int) {
        width = configuration.inputs.dense
        hidden = configuration.hidden
        steps = configuration.inputs.steps
        gates = configuration.cell.gates * configuration.hidden
        self.outputs = outputs
    }

    /// `[gates, width]`
    var inputWeights: Int { 0 }
    /// `[gates, hidden]`
    var hiddenWeights: Int { gates * width }
    /// `[gates]`
    var inputBiases: Int { hiddenWeights + gates * hidden }
    /// `[gates]`
    var hiddenBiases: Int { inputBiases + gates }
    /// `[outputs, hidden]`
    var headWeights: Int { hiddenBiases + gates }
    /// `[outputs]`
    var headBiases: Int { headWeights + outputs * hidden }
    var parameters: Int { headBiases + outputs }
}
