extension IncrementalRanks {
    /// Whether a relation with these terms can be added. Terms with anything that is not known here cannot.
    func canExpress(_ terms: Relation, among calendars: [WorkingTime]) -> Bool {
        let known = Relation(
            terms.predecessor, terms.successor, terms.kind, lag: terms.lag, lagCalendar: terms.lagCalendar)
        guard terms == known, abs(terms.lag) < RankForm.longestDuration else { return false }
        switch terms.lagCalendar {
        case .successor, .predecessor: return true
        case .calendar(let index):
            return calendars.indices.contains(index) && (terms.lag == 0 || calendars[index] == scale.time)
        case .elapsed: return terms.lag == 0 || scale.time == .continuous
        }
    }

    /// How a change of the graph is taken back.
    private enum Undoing {
        case setDuration(of: Int, to: Int32)
        case setTerms(of: Int, to: Relation)
        case unlinkLast
        case link(Int)
    }

    /// Changes the graph by edits in turn; dates are settled afterwards.
    /// - Throws: what is wrong with one of them, with activities by number for their ids; then the graph is as before.
    /// - Precondition: ranks can express the edits.
    mutating func perform(_ edits: [NetworkEdit]) throws(NetworkError) {
        var undoing: [Undoing] = []
        for edit in edits {
            do {
                try perform(edit, undoing: &undoing)
            } catch {
                for step in undoing.reversed() { undo(step) }
                forgetTouched()
                throw error
            }
        }
    }

    private mutating func perform(
        _ edit: NetworkEdit, undoing: inout [Undoing]
    ) throws(NetworkError) {
        switch edit {
        case .setDuration(let activity, let minutes):
            let node = Int(nodeOf[activity])
            undoing.append(.setDuration(of: node, to: durations[node]))
            setDuration(of: node, to: Int32(minutes))
        case .addRelation(let predecessor, let successor, let terms):
            guard predecessor != successor else { throw .selfRelation(String(predecessor), relation: table.count) }
            number(from: predecessor, to: successor, terms: terms)
            if let back = link(table.count - 1) {
                let error = cycle(closedBy: table.count - 1, back: back)
                dropLastNumber()
                throw error
            }
            undoing.append(.unlinkLast)
        case .setTerms(let number, let terms):
            undoing.append(.setTerms(of: number, to: table.terms(of: number)))
            setTerms(of: number, to: terms)
        case .removeRelation(let number):
            undoing.append(.link(number))
            unlink(number)
        case .setConstraints: break  // there were none, and there are none
        case .addActivity: preconditionFailure("an activity is added by making the network anew")
        }
    }

    private mutating func undo(_ step: Undoing) {
        switch step {
        case .setDuration(let node, let duration): setDuration(of: node, to: duration)
        case .setTerms(let number, let terms): setTerms(of: number, to: terms)
        case .unlinkLast:
            unlink(table.count - 1)
            dropLastNumber()
        case .link(let number):
            let back = link(number)
            precondition(back == nil, "the graph had this relation before")
        }
    }

    /// The cycle that a relation would close, from its first activity by number.
    private func cycle(closedBy number: Int, back: [Int32]) -> NetworkError {
        let around = [number] + back.map { Int($0) }
        let first = around.indices.min { table.predecessors[around[$0]] < table.predecessors[around[$1]] } ?? 0
        let relations = Array(around[first...] + around[..<first])
        let path = relations.map { String(table.predecessors[$0]) }
        return .cycle(
            path: path + path.prefix(1), relations: relations, kinds: relations.map { table.terms(of: $0).kind })
    }
}
