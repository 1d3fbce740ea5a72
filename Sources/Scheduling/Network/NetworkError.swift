/// What is wrong with the activities and relations given for a network.
public enum NetworkError: Error, Sendable, Hashable {
    /// Two activities have one id.
    case duplicateActivity(String)
    /// A relation, by its index, names an activity that is not there.
    case unknownActivity(String, relation: Int)
    /// A relation, by its index, leads from an activity to itself.
    case selfRelation(String, relation: Int)
    /// An activity names a calendar that is not there.
    case unknownCalendar(Int, activity: String)
    /// A relation's lag, by the relation's index, names a calendar that is not there.
    case unknownLagCalendar(Int, relation: Int)
    /// A duration is negative or longer than `ActivityNetwork.longestAmount`.
    case durationOutOfRange(Int, activity: String)
    /// A lag is longer, either way, than `ActivityNetwork.longestAmount`.
    case lagOutOfRange(Int, relation: Int)
    /// An activity must both start and finish at given instants; its duration would mean nothing.
    case startAndFinishFixed(activity: String)
    /// Activities wait for each other. `path` ends with the id that it begins with; `relations[i]`, an index, leads from
    /// `path[i]` to `path[i + 1]`. `kinds` are theirs: relations between starts and finishes close a loop too.
    case cycle(path: [String], relations: [Int], kinds: [Relation.Kind])
}

extension NetworkError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .duplicateActivity(let id):
            return "two activities are called '\(id)'"
        case .unknownActivity(let id, let relation):
            return "relation \(relation) names '\(id)', which is no activity"
        case .selfRelation(let id, let relation):
            return "relation \(relation) makes '\(id)' wait for itself"
        case .unknownCalendar(let calendar, let activity):
            return "activity '\(activity)' names calendar \(calendar), which is not there"
        case .unknownLagCalendar(let calendar, let relation):
            return "the lag of relation \(relation) names calendar \(calendar), which is not there"
        case .durationOutOfRange(let minutes, let activity):
            return "activity '\(activity)' lasts \(minutes) minutes, outside 0...\(ActivityNetwork.longestAmount)"
        case .lagOutOfRange(let minutes, let relation):
            return "relation \(relation) has a lag of \(minutes) minutes, beyond ±\(ActivityNetwork.longestAmount)"
        case .startAndFinishFixed(let activity):
            return "activity '\(activity)' must both start and finish at fixed instants"
        case .cycle(let path, _, let kinds):
            let steps = zip(path.dropFirst(), kinds).map { id, kind in
                kind == .finishToStart ? " → \(id)" : " →\(kind.rawValue) \(id)"
            }
            return "activities wait for each other: " + path[0] + steps.joined()
        }
    }
}
