/// A problem's resources together with further ones that every schedule keeps to as well, of which some are scarcer.
///
/// Made from each resource: needs that exclude each other count as the whole of it, those too small to matter as nothing, and
/// needs rounded to parts of it. Activities of which no two can run at once share a resource of one unit.
///
/// - Source: Fekete, Schepers, *New classes of fast lower bounds for bin packing problems*, Mathematical Programming 91
///   (2001) 11–31, doi:10.1007/s101070100243, for the functions; Carlier, Néron, *On linear lower bounds for the resource
///   constrained project scheduling problem*, EJOR 149 (2003) 314–324, doi:10.1016/S0377-2217(02)00763-4, for their use here.
struct RedundantResources {
    typealias Units = SIMD16<Int32>

    /// By the caller's number of an activity.
    private(set) var needs: [Units]
    private(set) var capacities = Units(repeating: 0)

    private struct Resource: Hashable {
        let needs: [Int32]
        let capacity: Int32

        /// The periods that its work takes at least.
        func length(_ duration: [Int32]) -> Double {
            Double(needs.indices.reduce(0) { $0 + Int(needs[$1]) * Int(duration[$1]) }) / Double(capacity)
        }
    }

    /// - Parameter ranks: by the caller's number.
    /// - Precondition: the problem has one word of resources and no windows.
    init(_ problem: PackedProblem, ranks: [Int]) {
        let own = (0..<4).filter { problem.capacity($0) > 0 }.map { resource in
            Resource(
                needs: (0..<problem.count).map { Int32(problem.need($0, resource)) },
                capacity: Int32(problem.capacity(resource)))
        }
        let made = Set(own.flatMap(Self.made) + Self.exclusive(problem)).subtracting(own)
            .map { (resource: $0, length: $0.length(problem.duration)) }
            .sorted { one, other in
                if one.length != other.length { return one.length > other.length }
                if one.resource.capacity != other.resource.capacity {
                    return one.resource.capacity < other.resource.capacity
                }
                return one.resource.needs.lexicographicallyPrecedes(other.resource.needs)
            }
        needs = Array(repeating: Units(repeating: 0), count: problem.count)
        for (lane, resource) in (own + made.map(\.resource)).prefix(Units.scalarCount).enumerated() {
            capacities[lane] = resource.capacity
            for (number, rank) in ranks.enumerated() { needs[number][lane] = resource.needs[rank] }
        }
    }

    private static let mostParts: Int32 = 5

    /// No resource has more units.
    static func greatestCapacity(_ problem: PackedProblem) -> Int {
        Int(mostParts) * (0..<4).reduce(1) { max($0, problem.capacity($1)) }
    }

    /// Dual feasible functions of a resource.
    private static func made(from resource: Resource) -> [Resource] {
        let whole = resource.capacity
        let cut = (1...max(1, min(64, whole / 2))).map { least in
            Resource(
                needs: resource.needs.map { $0 > whole - least ? whole : $0 < least ? 0 : $0 }, capacity: whole)
        }
        let rounded = (1...mostParts).map { parts in
            Resource(
                needs: resource.needs.map { need in
                    let scaled = (parts + 1) * need
                    return scaled % whole == 0 ? need * parts : scaled / whole * whole
                }, capacity: whole * parts)
        }
        return cut + rounded
    }

    /// Sets of which no two can run at once, found greedily from each activity.
    private static func exclusive(_ problem: PackedProblem) -> [Resource] {
        let apart = Incompatibility(problem)
        let byDuration = (0..<problem.count).sorted { (problem.duration[$0], $1) > (problem.duration[$1], $0) }
        return (0..<problem.count).map { seed in
            var chosen = [seed]
            for rank in byDuration where rank != seed && chosen.allSatisfy({ apart[rank, $0] }) { chosen.append(rank) }
            var needs = [Int32](repeating: 0, count: problem.count)
            for rank in chosen { needs[rank] = 1 }
            return Resource(needs: needs, capacity: 1)
        }
    }
}
