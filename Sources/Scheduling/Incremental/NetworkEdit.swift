/// One change of a network under an `IncrementalSchedule` (计划变更).
///
/// Activities and relations go by number: first those of the network, by index, then those added, in turn. The number of
/// a removed relation is not given again.
public enum NetworkEdit: Sendable, Hashable {
    /// Working minutes of the activity's calendar, 0...`ActivityNetwork.longestAmount`.
    case setDuration(of: Int, to: Int)
    case setConstraints(of: Int, to: DateConstraints)
    /// A relation with the kind, lag and lag calendar of `terms`; the names of its ends are ignored.
    case addRelation(from: Int, to: Int, terms: Relation)
    /// Another kind, lag or lag calendar; the ends stay.
    case setTerms(ofRelation: Int, to: Relation)
    case removeRelation(Int)
    /// Its id must be new.
    case addActivity(Activity)
}
