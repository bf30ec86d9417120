import OnlineLearning
import Records
import TestSupport
import Testing

@Suite struct ModelMixerTests {
    struct Setup: CustomTestStringConvertible {
        var scaling: ScalingKind
        var target: Target
        var batch: Int
        var testDescription: String { "\(scaling) \(target == .regression ? "regression" : "classes") batch \(batch)" }

        func model(_ member: Int32) -> MixingModel {
            MixingModel(member: member, target: target, scaling: scaling, batch: batch)
        }

        func data(_ count: Int, seed: UInt64) -> [Example] {
            examples(count, features: 5, target: target, seed: seed)
        }

        static let all = ScalingKind.allCases.filter { $0 != .robust }.flatMap { scaling in
            [twoClasses, Target.regression].flatMap { target in
                [1, 4].map { Setup(scaling: scaling, target: target, batch: $0) }
            }
        }
    }

    /// One's parameters as they must be after a mix with the other's share, at these weights.
    private func expectMean(
        _ one: MixingModel, _ before: [Double], _ weight: Double, _ share: ModelShare, _ shareWeight: Double
    ) {
        for index in before.indices {
            let sum = weight * before[index] + shareWeight * Double(share.parameters[index])
            #expect(abs(one.parameters[index] - sum / (weight + shareWeight)) < 1e-6)
        }
    }

    @Test func `models become their mean, weighted by what each has learned that the other doesn't know of`() throws {
        let one = MixingModel(member: 0)
        let other = MixingModel(member: 1)
        let data = examples(2_000, features: 5, target: .regression, seed: 71)
        for example in data[..<30] { one.learn(example) }
        for example in data[30..<40] { other.learn(example) }
        var before = one.parameters
        var heard = other.share
        #expect(heard.heard.isEmpty)
        try one.take(heard, from: 1)
        one.mix()
        expectMean(one, before, 30, heard, 10)
        // The other learns of the 30: then 5 records stand against 20.
        try other.take(one.share, from: 0)
        for example in data[40..<60] { other.learn(example) }
        for example in data[60..<65] { one.learn(example) }
        before = one.parameters
        heard = other.share
        #expect(heard.heard == [ModelShare.Heard(member: 0, learned: 30)])
        try one.take(heard, from: 1)
        one.mix()
        expectMean(one, before, 5, heard, 20)
        // A share that has been on its way for 1,000 records weighs little.
        try other.take(one.share, from: 0)
        for example in data[65..<75] { other.learn(example) }
        heard = other.share
        for example in data[100..<1_100] { one.learn(example) }
        before = one.parameters
        try one.take(heard, from: 1)
        one.mix()
        expectMean(one, before, 1_000, heard, 10)
    }

    @Test func `what the others don't know of yet counts once for each of them`() throws {
        let members = (0..<3).map { MixingModel(member: $0) }
        let data = examples(50, features: 5, target: .regression, seed: 84)
        for example in data[..<30] { members[0].learn(example) }
        for example in data[30..<40] { members[1].learn(example) }
        for example in data[40..<50] { members[2].learn(example) }
        let before = members[0].parameters
        let shares = [members[1].share, members[2].share]
        try members[0].take(shares[0], from: 1)
        try members[0].take(shares[1], from: 2)
        members[0].mix()
        for index in before.indices {
            let others = 10 * Double(shares[0].parameters[index]) + 10 * Double(shares[1].parameters[index])
            #expect(abs(members[0].parameters[index] - (2 * 30 * before[index] + others) / 80) < 1e-6)
        }
    }

    @Test func `one that has begun anew is told by the others what it knew`() throws {
        let other = MixingModel(member: 1)
        let old = MixingModel(member: 0)
        for example in examples(300, features: 5, target: .regression, seed: 82) {
            other.learn(example)
            old.learn(example)
        }
        try other.take(old.share, from: 0)
        other.mix()
        let new = MixingModel(member: 0)
        for example in examples(5, features: 5, target: .regression, seed: 83) { new.learn(example) }
        try new.take(other.share, from: 1)
        new.mix()
        #expect(new.model.weights == other.model.weights)
        // And what it has learned anew counts for the others from the first record on.
        let before = other.parameters
        let share = new.share
        try other.take(share, from: 0)
        other.mix()
        #expect(other.parameters != before || share.parameters == other.share.parameters)
        #expect(other.parameters.allSatisfy { $0.isFinite })
    }

    @Test func `one that has learned nothing takes the others' model over`() throws {
        let old = MixingModel(member: 1)
        for example in examples(500, features: 5, target: .regression, seed: 72) { old.learn(example) }
        let new = MixingModel(member: 0)
        try new.take(old.share, from: 1)
        new.mix()
        #expect(new.model.weights == old.model.weights)
        #expect(new.model.predict([1, 2, 3, 4, 5]) == old.model.predict([1, 2, 3, 4, 5]))
        #expect(new.scaler.statistics(of: 3) == old.scaler.statistics(of: 3))
    }

    @Test(arguments: ScalingKind.allCases.filter { $0 != .exponential && $0 != .robust })
    func `however often they mix, no record is counted twice`(scaling: ScalingKind) throws {
        let members = (0..<4).map { MixingModel(member: $0, scaling: scaling) }
        let data = examples(1_000, features: 5, target: .regression, seed: 73)
        for (index, example) in data.enumerated() {
            let turn = index % 4
            guard members[turn].learn(example) else { continue }
            for other in 0..<4 where other != turn { try members[other].take(members[turn].share, from: Int32(turn)) }
        }
        for turn in 0..<4 {
            for other in 0..<4 where other != turn { try members[other].take(members[turn].share, from: Int32(turn)) }
        }
        var whole = FeatureScaler(features: (0..<5).map { FeatureDeclaration(name: "f\($0)", scaling: scaling) })
        for example in data { whole.update(example.x) }
        for member in 0..<4 {
            members[member].mix()
            for feature in 0..<5 {
                let found = members[member].scaler.statistics(of: feature)
                let expected = whole.statistics(of: feature)
                #expect(found.count == 1_000)
                #expect(abs(found.mean - expected.mean) < 1e-12)
                #expect(abs(found.spread - expected.spread) <= 1e-11 * abs(expected.spread))
                #expect(found.extreme == expected.extreme)
            }
        }
    }

    @Test func `a share that comes twice is mixed in once`() throws {
        let one = MixingModel(member: 0)
        let other = MixingModel(member: 1)
        for example in examples(50, features: 5, target: .regression, seed: 74) {
            one.learn(example)
            other.learn(example)
        }
        try one.take(other.share, from: 1)
        one.mix()
        for example in examples(5, features: 5, target: .regression, seed: 75) { one.learn(example) }
        let before = one.state
        try one.take(other.share, from: 1)
        #expect(!one.hasNews)
        #expect(one.state == before)
    }

    @Test(arguments: Setup.all)
    func `the state comes back byte for byte, shares that wait for their mix among it`(setup: Setup) throws {
        let one = setup.model(2)
        let others = [setup.model(0), setup.model(5)]
        let data = setup.data(400, seed: 76)
        for (index, example) in data[..<300].enumerated() {
            one.learn(example)
            if others[index % 2].learn(example) { try one.take(others[index % 2].share, from: Int32(index % 2 * 5)) }
        }
        try one.take(others[1].share, from: 5)
        let restored = setup.model(2)
        try restored.restore(one.state)
        #expect(restored.state == one.state)
        #expect(restored.hasNews == one.hasNews)
        for example in data[300...] {
            #expect(one.learn(example) == restored.learn(example))
        }
        #expect(restored.state == one.state)
        for name in one.state.names where name.hasPrefix("mix") {
            var broken = StateArchive()
            for kept in one.state.names where kept != name { broken.put(kept, try #require(one.state[kept])) }
            #expect(throws: StateError.missing(name: name)) {
                let other = setup.model(2)
                try other.restore(broken)
            }
        }
    }

    @Test(arguments: Setup.all)
    func `an absurd share changes nothing, and the model goes on`(setup: Setup) throws {
        let one = setup.model(0)
        let other = setup.model(1)
        let data = setup.data(300, seed: 77)
        for example in data[..<100] {
            one.learn(example)
            other.learn(example)
        }
        try one.take(other.share, from: 1)
        let before = one.state
        let sound = other.share
        var absurd: [ModelShare] = []
        for value in [Float.nan, .infinity, -.infinity, 1e30, -3e38] {
            for index in [0, 5] {
                var share = sound
                share.parameters[index] = value
                absurd.append(share)
            }
        }
        for value in [Double.nan, .infinity, -1, 1e300] {
            for index in [0, 5] {
                var share = sound
                share.statistics[index].count = value
                absurd.append(share)
                share = sound
                share.statistics[index].mean = value == -1 ? .nan : value
                absurd.append(share)
            }
        }
        for learned in [0, UInt64.max] {
            var share = sound
            share.learned = learned
            absurd.append(share)
        }
        absurd += [ModelShare(featureCount: 4), ModelShare(featureCount: 6)]
        for share in absurd {
            #expect(throws: ShareError.self) { try one.take(share, from: 1) }
            #expect(throws: ShareError.self) { try one.take(share, from: 3) }
        }
        #expect(one.state == before)
        for example in data[100...] { one.learn(example) }
        #expect(one.parameters.allSatisfy { $0.isFinite })
    }

    @Test func `extreme shares leave the model finite and learning`() throws {
        let one = MixingModel(member: 0)
        let data = examples(400, features: 5, target: .regression, seed: 78)
        for example in data[..<100] { one.learn(example) }
        var share = one.share
        share.learned = 1 << 53
        share.parameters = [Float](repeating: Float(1e30).nextDown, count: 6)
        for index in 0...5 {
            share.statistics[index].mean = Double(Float.greatestFiniteMagnitude)
            share.statistics[index].count = 0x1p53
            share.statistics[index].spread = 1e100
        }
        try one.take(share, from: 1)
        for example in data[100...] {
            one.learn(example)
            #expect(one.model.predict(one.scaler.transform(example.x)).score.isFinite)
        }
        #expect(one.parameters.allSatisfy { $0.isFinite })
        let restored = MixingModel(member: 0)
        try restored.restore(one.state)
    }

    @Test func `the order in which shares come before one mix makes no difference, that of records does`() throws {
        let data = examples(120, features: 5, target: .regression, seed: 79)
        let left = MixingModel(member: 1)
        let right = MixingModel(member: 2)
        for example in data[..<30] { left.learn(example) }
        for example in data[30..<70] { right.learn(example) }
        func run(_ first: Int32, _ second: Int32, secondAfter: Int) throws -> StateArchive {
            let one = MixingModel(member: 0)
            for (index, example) in data[70...].enumerated() {
                if index == 20 { try one.take(first == 1 ? left.share : right.share, from: first) }
                if index == secondAfter { try one.take(second == 1 ? left.share : right.share, from: second) }
                one.learn(example)
            }
            return one.state
        }
        #expect(try run(1, 2, secondAfter: 20) == run(2, 1, secondAfter: 20))
        #expect(try run(1, 2, secondAfter: 20) == run(1, 2, secondAfter: 20))
        #expect(try run(1, 2, secondAfter: 21) != run(1, 2, secondAfter: 20))
    }

    @Test func `a model is shared often at first, then once in every so many records, in turn with the others`() {
        let data = examples(8_192, features: 5, target: .regression, seed: 80)
        var turns: Set<Int> = []
        for member in Int32(0)..<8 {
            let model = MixingModel(member: member, every: 64)
            let counts = data.indices.filter { model.learn(data[$0]) }.map { $0 + 1 }
            #expect(Array(counts.prefix(63)) == Array(1...63))
            #expect(zip(counts, counts.dropFirst()).allSatisfy { $1 - $0 < 128 })
            let late = counts.filter { $0 > 4_096 }
            #expect(zip(late, late.dropFirst()).allSatisfy { $1 - $0 == 64 })
            turns.insert(late[0] % 64)
        }
        let sorted = turns.sorted()
        #expect(sorted.count == 8)
        #expect(zip(sorted, sorted.dropFirst() + [sorted[0] + 64]).allSatisfy { $1 - $0 >= 4 })
        let eager = MixingModel(member: 3, every: 1)
        #expect(data[..<100].allSatisfy { eager.learn($0) })
        let silent = MixingModel(member: 0, every: 1)
        let unlabelled = Example(x: [1, 2, 3, 4, 5], label: .absent)
        #expect((0..<100).allSatisfy { _ in !silent.learn(unlabelled) })
    }

    #if !DEBUG
        @Test func `records, shares and mixes allocate nothing once the others are known`() throws {
            let one = MixingModel(member: 0)
            let other = MixingModel(member: 1)
            let data = examples(2_000, features: 5, target: .regression, seed: 81)
            var draft = other.share
            func run(_ range: Range<Int>) throws {
                for index in range {
                    one.learn(data[index])
                    if other.learn(data[index]) {
                        other.mixer.fill(&draft, from: other.model)
                        try one.mixer.take(&draft, from: 1)
                    }
                }
            }
            try run(0..<1_000)
            var failure: (any Error)?
            let allocations = countAllocations { do { try run(1_000..<2_000) } catch { failure = error } }
            #expect(allocations == 0)
            #expect(failure == nil)
        }
    #endif
}
