import Scheduling
import WorkCalendar
import WorkflowModel

extension ReformNetwork {
    /// Early dates under one set of levers.
    struct Dates {
        /// Whether each activity is in the plan.
        var isPlanned: [Bool]
        var ready: [Minute]
        var start: [Minute]
        var finish: [Minute]
    }

    /// What an item is under a set of levers.
    private enum Standing { case absent, dropped, planned }

    /// The moment of an activity that something waits for, and how much longer.
    private struct Wait {
        let activity: Int
        let end: ItemEnd
        var lag: Int
        var unit: DayUnit

        /// With another lag behind it, as `Plan.resolve` adds them.
        func followed(by next: DayAmount) -> Wait {
            if next.minutes == 0 { return self }
            if lag == 0 { return Wait(activity: activity, end: end, lag: next.minutes, unit: next.unit) }
            return Wait(
                activity: activity, end: end, lag: lag + next.minutes, unit: unit == next.unit ? unit : .working)
        }
    }

    /// `nil` when the levers make something wait for itself.
    /// - Complexity: O(activities + dependencies) steps on a calendar.
    func dates(under pulled: LeverSet) -> Dates? {
        let standings = nodes.indices.map { standing(of: $0, under: pulled) }
        let arcs = nodes.indices.map { node in
            standings[node] == .absent ? [] : standingArcs(into: node, under: pulled, standings)
        }
        guard let order = order(arcs, standings) else { return nil }
        let none = [Minute](repeating: 0, count: activities.count)
        var dates = Dates(
            isPlanned: [Bool](repeating: false, count: activities.count), ready: none, start: none, finish: none)
        var handedOn = [[Wait]?](repeating: nil, count: nodes.count)
        for node in order {
            if standings[node] == .dropped {
                handedOn[node] = waits(arcs[node], toStartOnly: false, standings, handedOn)
            } else {
                // Only where a participant that the facts leave out is waited for.
                if !nodes[node].missingPhases.isEmpty {
                    handedOn[node] = waits(arcs[node], toStartOnly: true, standings, handedOn)
                }
                place(node, arcs[node], under: pulled, standings, handedOn, &dates)
            }
        }
        return dates
    }

    // MARK: What stands

    private func standing(of node: Int, under pulled: LeverSet) -> Standing {
        let node = nodes[node]
        if let lever = node.broughtBy, !pulled.contains(lever) { return .absent }
        if node.mergers.contains(where: { pulled.contains($0.lever) }) { return .absent }
        let isAsked =
            node.members.isEmpty
            || node.members.contains { $0.isNeeded && $0.droppedBy.isDisjoint(with: pulled) }
        return node.isNeeded && isAsked && node.droppedBy.isDisjoint(with: pulled) ? .planned : .dropped
    }

    /// Dependencies of an item, each on the item that really stands there.
    private func standingArcs(into node: Int, under pulled: LeverSet, _ standings: [Standing]) -> [Arc] {
        nodes[node].arcs.compactMap { arc in
            guard arc.stands(under: pulled) else { return nil }
            var arc = arc
            if let merger = nodes[arc.source].mergers.first(where: { pulled.contains($0.lever) }) {
                guard merger.into != node else { return nil }
                arc = arc.turned(to: merger.into, nodes[merger.into])
            }
            return standings[arc.source] == .absent ? nil : arc
        }
    }

    /// Items after all that they wait for; `nil` when there is a circle.
    private func order(_ arcs: [[Arc]], _ standings: [Standing]) -> [Int]? {
        let (order, circular) = Self.order(arcs)
        return circular.isEmpty ? order.filter { standings[$0] != .absent } : nil
    }

    /// Positions of items after those that their dependencies lead from, and those that wait for a circle or are of one.
    /// - Source: A. B. Kahn, *Topological sorting of large networks*, CACM 5 (1962), doi:10.1145/368996.369025.
    static func order(_ arcs: [[Arc]]) -> (order: [Int], circular: [Int]) {
        var waitingFor = arcs.map(\.count)
        var waiters = [[Int]](repeating: [], count: arcs.count)
        for (node, incoming) in arcs.enumerated() {
            for arc in incoming { waiters[arc.source].append(node) }
        }
        var order = waitingFor.indices.filter { waitingFor[$0] == 0 }
        var next = 0
        while next < order.count {
            for waiter in waiters[order[next]] {
                waitingFor[waiter] -= 1
                if waitingFor[waiter] == 0 { order.append(waiter) }
            }
            next += 1
        }
        return (order, waitingFor.indices.filter { waitingFor[$0] > 0 })
    }

    // MARK: Waiting

    private func waits(
        _ arcs: [Arc], toStartOnly: Bool, _ standings: [Standing], _ handedOn: [[Wait]?]
    ) -> [Wait] {
        var all: [Wait] = []
        for arc in arcs where !toStartOnly || arc.to == .start { append(arc, to: &all, standings, handedOn) }
        return all
    }

    /// The moments that a dependency comes to.
    private func append(_ arc: Arc, to waits: inout [Wait], _ standings: [Standing], _ handedOn: [[Wait]?]) {
        let source = nodes[arc.source]
        func wait(for activities: some Sequence<Int>, _ end: ItemEnd) {
            for activity in activities {
                waits.append(Wait(activity: activity, end: end, lag: arc.lag.minutes, unit: arc.lag.unit))
            }
        }
        let isMissing = arc.phase.map(source.missingPhases.contains) ?? false
        if standings[arc.source] == .dropped || (isMissing && source.phases[.admission] == nil) {
            for wait in handedOn[arc.source] ?? [] { waits.append(wait.followed(by: arc.lag)) }
        } else if isMissing, let admission = source.phases[.admission] {
            wait(for: [admission], .finish)
        } else if let phase = arc.phase, let activity = source.phases[phase] {
            wait(for: [activity], arc.from)
        } else {
            wait(for: arc.from == .start ? source.first : source.last, arc.from)
        }
    }

    // MARK: Dates

    private func place(
        _ node: Int, _ arcs: [Arc], under pulled: LeverSet, _ standings: [Standing], _ handedOn: [[Wait]?],
        _ dates: inout Dates
    ) {
        var toStart: [Wait] = []
        var toFinish: [Wait] = []
        for arc in arcs {
            if arc.to == .start {
                append(arc, to: &toStart, standings, handedOn)
            } else {
                append(arc, to: &toFinish, standings, handedOn)
            }
        }
        let layers = nodes[node].layers
        for (number, layer) in layers.enumerated() {
            for activity in layer {
                let duration = activities[activity].duration(under: pulled)
                let time = duration.minutes == 0 || duration.unit == .calendar ? times.everyDay : times.working
                var ready: Minute?
                if number == 0 {
                    for wait in toStart { ready = max(ready ?? .min, moment(wait, dates)) }
                } else {
                    for before in layers[number - 1] { ready = max(ready ?? .min, dates.finish[before]) }
                }
                if number == layers.count - 1 {
                    for wait in toFinish {
                        let source = wait.end == .finish ? dates.finish[wait.activity] : dates.start[wait.activity]
                        let begin = lagged(time.add(-duration.minutes, to: source), wait)
                        // A finish that waits for a finish never begins before the project does.
                        ready = max(ready ?? .min, wait.end == .finish ? max(start, begin) : begin)
                    }
                }
                place(activity, ready: ready ?? start, duration.minutes, on: time, &dates)
            }
        }
    }

    private func moment(_ wait: Wait, _ dates: Dates) -> Minute {
        lagged(wait.end == .finish ? dates.finish[wait.activity] : dates.start[wait.activity], wait)
    }

    private func lagged(_ instant: Minute, _ wait: Wait) -> Minute {
        wait.lag == 0
            ? instant : (wait.unit == .calendar ? times.everyDay : times.working).add(wait.lag, to: instant)
    }

    private func place(
        _ activity: Int, ready: Minute, _ duration: Int, on time: WorkingTime, _ dates: inout Dates
    ) {
        var start = time.nextWorkingInstant(from: ready)
        // What takes no time may happen at a closing.
        if duration == 0, time.previousWorkingEnd(before: ready) == ready { start = ready }
        dates.isPlanned[activity] = true
        dates.ready[activity] = ready
        dates.start[activity] = start
        dates.finish[activity] = time.add(duration, to: start)
    }
}

extension ReformNetwork.Arc {
    /// The same on the item into which its source was merged; on the whole of it where it lacks the phase.
    func turned(to node: Int, _ merged: ReformNetwork.Node) -> ReformNetwork.Arc {
        ReformNetwork.Arc(
            source: node, phase: phase.flatMap { merged.writtenPhases.contains($0.name) ? $0 : nil }, from: from,
            to: to, lag: lag, needs: needs, absentWith: absentWith, reference: reference)
    }
}
