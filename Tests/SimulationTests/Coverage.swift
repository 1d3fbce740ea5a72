import Synchronization

/// What a run has reached: event kinds, refusals, faults; counted over all histories.
struct Coverage: Sendable {
    private(set) var counts: [String: Int] = [:]

    mutating func reach(_ name: String) { counts[name, default: 0] += 1 }
    mutating func reach(_ fault: Fault) { reach("fault.\(fault.rawValue)") }

    mutating func merge(_ other: Coverage) { counts.merge(other.counts, uniquingKeysWith: +) }

    func missing(of names: [String]) -> [String] { names.filter { counts[$0] == nil } }
}
