/// A network with what edits have made of it, by number (see `NetworkEdit`); from it the network can be made anew.
struct NetworkLedger: Sendable {
    private var activities: [Activity]
    /// Of every activity; those of `activities` are as they were.
    private(set) var durations: [Int]
    private(set) var table: RelationTable
    private var isRemoved: [Bool]
    let calendars: [WorkingTime]

    init(_ network: ActivityNetwork) {
        activities = network.activities
        durations = network.activities.map(\.duration)
        table = network.table
        isRemoved = Array(repeating: false, count: table.count)
        calendars = network.calendars
    }

    var count: Int { activities.count }
    func id(of activity: Int) -> String { activities[activity].id }

    /// The numbers of the relations that are there, in order.
    var relations: [Int] { isRemoved.indices.filter { !isRemoved[$0] } }

    private func has(relation: Int) -> Bool { isRemoved.indices.contains(relation) && !isRemoved[relation] }

    /// - Precondition: activities and relations are there.
    mutating func perform(_ edit: NetworkEdit) {
        switch edit {
        case .setTerms(let relation, _), .removeRelation(let relation):
            precondition(has(relation: relation), "relation \(relation) is not there")
        default: break
        }
        switch edit {
        case .setDuration(let activity, let duration): durations[activity] = duration
        case .setConstraints(let activity, let constraints): activities[activity].constraints = constraints
        case .addRelation(let predecessor, let successor, let terms):
            table.append(from: predecessor, to: successor, terms: terms)
            isRemoved.append(false)
        case .setTerms(let relation, let terms): table.setTerms(of: relation, to: terms)
        case .removeRelation(let relation): isRemoved[relation] = true
        case .addActivity(let activity):
            activities.append(activity)
            durations.append(activity.duration)
        }
    }

    /// - Throws: what is wrong, with relations by number.
    /// - Complexity: O(activities + relations).
    func network() throws(NetworkError) -> ActivityNetwork {
        var current = activities
        for (index, duration) in durations.enumerated() where current[index].duration != duration {
            current[index].duration = duration
        }
        let numbers = relations
        var left = RelationTable()
        left.reserveCapacity(numbers.count)
        for number in numbers {
            left.append(
                from: Int(table.predecessors[number]), to: Int(table.successors[number]), terms: table.terms(of: number)
            )
        }
        do {
            return try ActivityNetwork(activities: current, relations: left, calendars: calendars)
        } catch {
            throw error.numbered { numbers[$0] }
        }
    }
}

extension NetworkError {
    /// The same with other numbers for the relations that it names.
    fileprivate func numbered(_ number: (Int) -> Int) -> NetworkError {
        switch self {
        case .unknownActivity(let id, let relation): .unknownActivity(id, relation: number(relation))
        case .selfRelation(let id, let relation): .selfRelation(id, relation: number(relation))
        case .unknownLagCalendar(let calendar, let relation):
            .unknownLagCalendar(calendar, relation: number(relation))
        case .lagOutOfRange(let lag, let relation): .lagOutOfRange(lag, relation: number(relation))
        case .cycle(let path, let relations, let kinds):
            .cycle(path: path, relations: relations.map(number), kinds: kinds)
        default: self
        }
    }
}
