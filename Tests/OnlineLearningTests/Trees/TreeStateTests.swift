import OnlineLearning
import Records
import TestSupport
import Testing

/// Trees in snapshots that no tree can have written.
@Suite struct TreeStateTests {
    private let setup = TreeSetup(target: twoClasses)

    /// A grown tree's state, with its nodes: input + 1 (0 for a leaf), first child, whether it has statistics.
    private func state() throws -> (StateArchive, nodes: [UInt64]) {
        var tree = setup.tree()
        for record in setup.records(1000, seed: 1) { tree.learn(record) }
        let state = tree.savedState
        return (state, try state.counters("model/tree/nodes"))
    }

    @Test func `children that are their parents, another's, or not there are refused`() throws {
        let (state, nodes) = try state()
        let questions = (0..<nodes.count / 3).filter { nodes[3 * $0] > 0 }
        #expect(questions.count >= 3)
        let last = questions[questions.count - 1]
        let forgeries: [(String, Int, UInt64)] = [
            ("a root that is its own child", 1, 0),
            ("a child that is its own parent", 3 * last + 1, UInt64(last)),
            ("another question's child", 3 * last + 1, nodes[1]),
            ("a child behind the end", 3 * last + 1, UInt64(nodes.count / 3)),
            ("a child far behind the end", 3 * last + 1, .max),
            ("the second of two children", 3 * last + 1, nodes[3 * last + 1] + 1),
            ("an input that there isn't", 3 * last, 5),
            ("a question with statistics", 3 * last + 2, 1),
            ("a question without an input", 3 * last, 0),
        ]
        for (what, place, value) in forgeries {
            var forged = nodes
            forged[place] = value
            var archive = state
            archive.put("model/tree/nodes", counters: forged)
            var tree = setup.tree()
            #expect(throws: StateError.self, "\(what)") { try tree.restore(from: archive, under: "model") }
        }
    }

    @Test func `a tree larger than the configuration allows is refused`() throws {
        let (state, nodes) = try state()
        var small = setup.tree(nodes: nodes.count / 3 - 2)
        #expect(throws: StateError.self) { try small.restore(from: state, under: "model") }
        var tight = setup.tree(bytes: 0)
        #expect(throws: StateError.self) { try tight.restore(from: state, under: "model") }
    }

    @Test(arguments: TreeSetup.targets)
    func `bytes flipped anywhere never trap, and what is taken goes on`(setup: TreeSetup) throws {
        var generator = SplitMix64(seed: 2)
        var forest = setup.forest(trees: 2)
        for record in setup.records(200, seed: 3) { forest.learn(record) }
        let sound = forest.savedState
        let probe = setup.records(20, seed: 4)
        var taken = 0
        for _ in 0..<300 {
            let name = try #require(sound.names.randomElement(using: &generator))
            var tensor = try #require(sound[name])
            guard !tensor.bytes.isEmpty else { continue }
            let place = Int.random(in: tensor.bytes.indices, using: &generator)
            tensor.bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            var forged = sound
            forged.put(name, tensor)
            var target = setup.forest(trees: 2)
            guard (try? target.restore(from: forged, under: "model")) != nil else { continue }
            taken += 1
            for record in probe {
                let answer = target.answer(record, classes: setup.classes)
                #expect(answer.isFinite, "\(name) \(place)")
                target.learn(record)
            }
        }
        #expect(taken > 50, "of seed 2")
    }
}
