/// Both passes over many samples side by side, for networks on one calendar without constraints.
///
/// There the calendar is only a scale, so the passes add and compare working minutes counted from the project's start.
/// Minutes are whole numbers below 2²⁴, which floats hold exactly: the results are those of `CriticalPath`, to the
/// minute, and do not depend on the order of additions.
struct LanePass: Sendable {
    private let count: Int
    /// The links into, and out of, each position.
    private let into: Links
    private let outOf: Links
    private let isPlain: Bool
    private let mayBeAbsent: [Bool]

    private struct Links: Sendable {
        var first: [Int] = [0]
        var links: [Link] = []

        subscript(position: Int) -> Range<Int> { first[position]..<first[position + 1] }
    }

    fileprivate struct Link: Sendable {
        /// Where the other end's block begins.
        let row: Int
        let kind: Relation.Kind
        let lag: Float
    }

    static let longestProject = 1 << 24

    /// - Parameters:
    ///   - longest: the greatest duration of each activity, by position.
    ///   - mayBeAbsent: whether it may not happen; then it is not critical.
    /// - Returns: `nil` when the network is not that plain or too long.
    init?(_ network: ActivityNetwork, longest: [Int], mayBeAbsent: [Bool]) {
        let calendar = network.calendarOf.first ?? 0
        guard network.hasOnlyLogic, network.calendarOf.allSatisfy({ $0 == calendar }),
            network.linkRules.rules.allSatisfy({ $0.lag == 0 || $0.calendar == Int(calendar) }),
            longest.reduce(network.linkRules.totalLag, +) < Self.longestProject / 2
        else { return nil }
        count = network.order.count
        isPlain = network.linkRules.isEmpty
        self.mayBeAbsent = mayBeAbsent
        var into = Links()
        var following = [[Link]](repeating: [], count: count)
        for position in 0..<count {
            for link in network.links(into: position) {
                let rule = network.linkRules.isEmpty ? nil : network.linkRules[link]
                let predecessor = Int(network.linkPredecessor[link])
                let (kind, lag) = (rule?.kind ?? .finishToStart, Float(rule?.lag ?? 0))
                into.links.append(Link(row: predecessor * SampleBlock.vectors, kind: kind, lag: lag))
                following[predecessor].append(Link(row: position * SampleBlock.vectors, kind: kind, lag: lag))
            }
            into.first.append(into.links.count)
        }
        self.into = into
        outOf = following.reduce(into: Links()) {
            $0.links += $1
            $0.first.append($0.links.count)
        }
    }

    /// Room for a block's dates in working minutes from the start, by position.
    struct Room {
        var earlyFinish: [SampleLanes]
        var lateFinish: [SampleLanes]
        var finish: [SampleLanes]
    }

    func room() -> Room {
        let dates = [SampleLanes](repeating: .zero, count: count * SampleBlock.vectors)
        return Room(
            earlyFinish: dates, lateFinish: dates, finish: Array(repeating: .zero, count: SampleBlock.vectors))
    }

    // MARK: Forward

    func forward(_ durations: [SampleLanes], _ room: inout Room) {
        forward(durations, earlyFinish: &room.earlyFinish, finish: &room.finish)
    }

    private func forward(
        _ durations: [SampleLanes], earlyFinish: inout [SampleLanes], finish: inout [SampleLanes]
    ) {
        let durations = durations.span
        var earlyFinish = earlyFinish.mutableSpan
        var finish = finish.mutableSpan
        let links = into.links.span
        for vector in 0..<SampleBlock.vectors { finish[vector] = .zero }
        for position in 0..<count {
            let row = position * SampleBlock.vectors
            let into = into[position]
            // What something plainly follows does not end the project.
            let mayEnd = !isPlain || outOf[position].isEmpty
            var vector = 0
            while vector < SampleBlock.vectors {
                var start0 = SampleLanes.zero
                var start1 = SampleLanes.zero
                let own0 = durations[row + vector]
                let own1 = durations[row + vector + 1]
                if isPlain {
                    for link in into {
                        let from = links[link].row + vector
                        start0.raise(to: earlyFinish[from])
                        start1.raise(to: earlyFinish[from + 1])
                    }
                } else if !into.isEmpty {
                    start0 = SampleLanes(repeating: -.infinity)
                    start1 = start0
                    for link in into {
                        let from = links[link].row + vector
                        start0.raise(to: links[link].start(earlyFinish[from], durations[from], own: own0))
                        start1.raise(to: links[link].start(earlyFinish[from + 1], durations[from + 1], own: own1))
                    }
                }
                let end0 = start0 + own0
                let end1 = start1 + own1
                earlyFinish[row + vector] = end0
                earlyFinish[row + vector + 1] = end1
                if mayEnd {
                    finish[vector].raise(to: end0)
                    finish[vector + 1].raise(to: end1)
                }
                vector += 2
            }
        }
    }

    // MARK: Backward

    /// Late finishes anchored at each sample's own finish.
    /// - Parameter critical: gets, by position, in how many of the first `samples` it happens and has no float.
    func backward(_ durations: [SampleLanes], _ room: inout Room, samples: Int, critical: inout [Int]) {
        backward(
            durations, earlyFinish: room.earlyFinish, finish: room.finish, lateFinish: &room.lateFinish,
            samples: samples, critical: &critical)
    }

    private func backward(
        _ durations: [SampleLanes], earlyFinish: [SampleLanes], finish: [SampleLanes],
        lateFinish: inout [SampleLanes], samples: Int, critical: inout [Int]
    ) {
        let durations = durations.span
        let earlyFinish = earlyFinish.span
        let finish = finish.span
        var lateFinish = lateFinish.mutableSpan
        let links = outOf.links.span
        // Whole pairs of vectors, then the rest of the samples one by one.
        for position in (0..<count).reversed() {
            let row = position * SampleBlock.vectors
            let outOf = outOf[position]
            var without = SampleLanes.zero
            // Below every duration, or the one of what does not happen.
            let absent: Float = mayBeAbsent[position] ? 0 : -1
            var vector = 0
            while vector < SampleBlock.vectors {
                var late0 = finish[vector]
                var late1 = finish[vector + 1]
                for link in outOf {
                    let to = links[link].row + vector
                    if isPlain {
                        late0.lower(to: lateFinish[to] - durations[to])
                        late1.lower(to: lateFinish[to + 1] - durations[to + 1])
                    } else {
                        late0.lower(
                            to: links[link].finish(lateFinish[to], durations[to], own: durations[row + vector]))
                        late1.lower(
                            to: links[link].finish(
                                lateFinish[to + 1], durations[to + 1], own: durations[row + vector + 1]))
                    }
                }
                lateFinish[row + vector] = late0
                lateFinish[row + vector + 1] = late1
                if vector * 8 + 16 <= samples {
                    let critical0 = (late0 .<= earlyFinish[row + vector]) .& (durations[row + vector] .> absent)
                    let critical1 = (late1 .<= earlyFinish[row + vector + 1]) .& (durations[row + vector + 1] .> absent)
                    without += SampleLanes.zero.replacing(with: 1, where: critical0)
                    without += SampleLanes.zero.replacing(with: 1, where: critical1)
                } else {
                    for sample in vector * 8..<max(vector * 8, samples) {
                        let late = lateFinish[row + sample / 8][sample % 8]
                        if late <= earlyFinish[row + sample / 8][sample % 8],
                            durations[row + sample / 8][sample % 8] > absent
                        {
                            without[0] += 1
                        }
                    }
                }
                vector += 2
            }
            critical[position] += Int(without.sum())
        }
    }
}

extension LanePass.Link {
    /// The start that the relation asks of its successor: scheduling rule 2.
    @inline(__always)
    fileprivate func start(_ finish: SampleLanes, _ duration: SampleLanes, own: SampleLanes) -> SampleLanes {
        switch kind {
        case .finishToStart: return finish + lag
        case .startToStart: return finish - duration + lag
        case .startToFinish: return finish - duration - own + lag
        case .finishToFinish:
            var asked = finish - own + lag
            asked.raise(to: .zero)
            return asked
        }
    }

    /// The finish that the relation allows its predecessor.
    @inline(__always)
    fileprivate func finish(_ late: SampleLanes, _ duration: SampleLanes, own: SampleLanes) -> SampleLanes {
        switch kind {
        case .finishToStart: late - duration - lag
        case .finishToFinish: late - lag
        case .startToStart: late - duration - lag + own
        case .startToFinish: late - lag + own
        }
    }
}
