/// Relations between activities that are known by their numbers (关系表), for networks too large to name every end.
///
/// Kept in columns: twelve bytes a relation, and what relations have in common besides their ends only once.
public struct RelationTable: Sendable {
    /// Index of the activity at each end, in order of input.
    private(set) var predecessors: [Int32] = []
    private(set) var successors: [Int32] = []
    /// Relation → index into `terms`; empty as long as all have the first.
    private var termOfEach: [Int32] = []
    /// Relations without their ends.
    private var terms: [Relation] = []
    private var indexOfTerm: [Relation: Int32] = [:]

    public init() {}

    public var count: Int { predecessors.count }

    public mutating func reserveCapacity(_ count: Int) {
        predecessors.reserveCapacity(count)
        successors.reserveCapacity(count)
    }

    /// Adds a relation between activities, given by their indices in the network to be made.
    /// - Parameter terms: kind, lag and lag calendar; the names of its ends are ignored.
    public mutating func append(from predecessor: Int, to successor: Int, terms: Relation = Relation("", "")) {
        var bare = terms
        bare.predecessor = ""
        bare.successor = ""
        let term = index(of: bare)
        if term > 0, termOfEach.isEmpty { termOfEach = Array(repeating: 0, count: count) }
        if term > 0 || !termOfEach.isEmpty { termOfEach.append(term) }
        predecessors.append(Int32(clamping: predecessor))
        successors.append(Int32(clamping: successor))
    }

    /// Gives a relation another kind or lag; its ends stay.
    mutating func setTerms(of relation: Int, to terms: Relation) {
        var bare = terms
        bare.predecessor = ""
        bare.successor = ""
        let term = index(of: bare)
        if termOfEach.isEmpty { termOfEach = Array(repeating: 0, count: count) }
        termOfEach[relation] = term
    }

    /// Takes the last relation back.
    mutating func removeLast() {
        predecessors.removeLast()
        successors.removeLast()
        if !termOfEach.isEmpty { termOfEach.removeLast() }
    }

    private mutating func index(of bare: Relation) -> Int32 {
        if let last = termOfEach.last ?? (terms.isEmpty ? nil : 0), terms[Int(last)] == bare { return last }
        if let known = indexOfTerm[bare] { return known }
        let new = Int32(terms.count)
        terms.append(bare)
        indexOfTerm[bare] = new
        return new
    }

    /// A relation without the names of its ends.
    func terms(of relation: Int) -> Relation { terms[termOfEach.isEmpty ? 0 : Int(termOfEach[relation])] }

    /// Whether every relation has the terms that it has when nothing is said: FS without lag.
    var isPlain: Bool {
        terms.allSatisfy { $0.kind == .finishToStart && $0 == Relation("", "", lagCalendar: $0.lagCalendar) }
    }
}

/// The relations of a network, in order of input.
public struct RelationList: RandomAccessCollection, Sendable {
    let table: RelationTable
    fileprivate let activities: [Activity]

    init(_ table: RelationTable, of activities: [Activity]) {
        self.table = table
        self.activities = activities
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { table.count }

    public subscript(relation: Int) -> Relation {
        var whole = table.terms(of: relation)
        whole.predecessor = activities[Int(table.predecessors[relation])].id
        whole.successor = activities[Int(table.successors[relation])].id
        return whole
    }
}
