/// Two features whose product is one sparse value.
struct InteractionStep: BitwiseCopyable {
    struct Part: BitwiseCopyable {
        var feature: Int
        /// A number's fixed column, or a category's place among the codes.
        var place: Int
        var isNumber: Bool
    }

    var first: Part
    var second: Part
    var seed: UInt64
    var mask: UInt64
}
