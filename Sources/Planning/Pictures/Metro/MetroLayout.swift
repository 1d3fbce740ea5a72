/// Where the stations of one line stand (布局): columns by what comes before, tracks for what goes on in parallel.
///
/// Columns are the layers of the longest path within the stage. The stations are split into chains; each chain has a
/// track for itself from where it forks off to where it joins again, and chains that do not overlap share one.
///
/// - Source: layering by longest path after Healy and Nikolov, *Hierarchical Drawing Algorithms*, in Tamassia (ed.),
///   Handbook of Graph Drawing and Visualization (2013), ch. 13.3; tracks are the greedy colouring of an interval graph.
struct MetroLayout {
    struct Place: Hashable {
        let column: Int
        let track: Int
    }

    /// A piece of track between two stations; `nil` is the head or the end of the line.
    struct Leg: Hashable {
        let from: String?
        let to: String?
        /// The track on which it runs between the two.
        let track: Int
        let isCritical: Bool
        let isDone: Bool
    }

    /// Most tracks that are drawn; what needs more is counted in words.
    static let mostTracks = 7

    let places: [String: Place]
    let legs: [Leg]
    /// What comes before what without a track of its own: from, to.
    let transfers: [[String]]
    let columns: Int
    let tracks: Int
    /// Stations that found no track.
    let hidden: [MetroMap.Station]

    /// - Parameters:
    ///   - stations: of one stage, predecessors first.
    ///   - leadsOn: whether something in another stage waits for a station.
    /// - Complexity: O(n · chains) for n stations and the relations between them.
    init(_ stations: [MetroMap.Station], leadsOn: (String) -> Bool) {
        var builder = Builder(stations)
        for chain in builder.chains() { builder.lay(chain, leadsOn: leadsOn) }
        let places = builder.places
        func isDrawn(_ id: String?) -> Bool { id.map { places[$0] != nil } ?? true }
        let legs = builder.legs.filter { isDrawn($0.from) && isDrawn($0.to) }
        let ridden = Set(legs.map { [$0.from, $0.to] })
        self.places = places
        self.legs = legs
        transfers = stations.flatMap { station in
            (builder.before[station.id] ?? []).filter {
                isDrawn($0) && isDrawn(station.id) && !ridden.contains([$0, station.id])
            }.map { [$0, station.id] }
        }
        columns = builder.columns
        tracks = max(1, builder.reserved.count)
        hidden = builder.hidden
    }
}

private struct Builder {
    let stations: [String: MetroMap.Station]
    let order: [String]
    let columns: Int
    private(set) var before: [String: [String]] = [:]
    private var next: [String: [String]] = [:]
    private let column: [String: Int]

    var places: [String: MetroLayout.Place] = [:]
    var legs: [MetroLayout.Leg] = []
    var hidden: [MetroMap.Station] = []
    /// The columns that each track's chains take.
    var reserved: [[ClosedRange<Int>]] = []

    init(_ all: [MetroMap.Station]) {
        stations = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        order = all.map(\.id)
        var column: [String: Int] = [:]
        for station in all {
            let own = station.after.filter { column[$0] != nil }
            before[station.id] = own
            for predecessor in own { next[predecessor, default: []].append(station.id) }
            column[station.id] = own.compactMap { column[$0] }.max().map { $0 + 1 } ?? 0
        }
        self.column = column
        columns = (column.values.max() ?? -1) + 1
    }

    private func position(_ id: String) -> Int { column[id] ?? 0 }
    private func isCritical(_ id: String) -> Bool { stations[id]?.isCritical ?? false }

    /// The critical chain first, then from the left, each going on to its nearest free successor.
    func chains() -> [[String]] {
        var taken: Set<String> = []
        func follow(from first: String, _ allowed: (String) -> Bool) -> [String] {
            var chain = [first]
            taken.insert(first)
            while let last = chain.last,
                let following = (next[last] ?? []).filter({ !taken.contains($0) && allowed($0) })
                    .min(by: { position($0) < position($1) })
            {
                chain.append(following)
                taken.insert(following)
            }
            return chain
        }
        var chains: [[String]] = []
        if let trunk = order.first(where: isCritical) { chains.append(follow(from: trunk, isCritical)) }
        let fromTheLeft = order.enumerated().sorted {
            (position($0.element), $0.offset) < (position($1.element), $1.offset)
        }
        for (_, id) in fromTheLeft where !taken.contains(id) { chains.append(follow(from: id) { _ in true }) }
        return chains
    }

    /// Lays a chain on the first track that is free from its fork to its join.
    mutating func lay(_ chain: [String], leadsOn: (String) -> Bool) {
        guard let first = chain.first, let last = chain.last else { return }
        let fork = (before[first] ?? []).max { position($0) < position($1) }
        let join = (next[last] ?? []).min { position($0) < position($1) }
        let goesOn = join != nil || leadsOn(last)
        let begin = min(fork.map(position) ?? -1, position(first) - 1) + 1
        let end = max(goesOn ? (join.map(position) ?? columns) - 1 : position(last), position(last))
        let room = begin...end
        let track = reserved.firstIndex { $0.allSatisfy { !$0.overlaps(room) } } ?? reserved.count
        guard track < MetroLayout.mostTracks else {
            hidden += chain.compactMap { stations[$0] }
            return
        }
        if track == reserved.count { reserved.append([]) }
        reserved[track].append(room)
        for id in chain { places[id] = MetroLayout.Place(column: position(id), track: track) }
        legs.append(leg(fork, first, track))
        legs += zip(chain, chain.dropFirst()).map { leg($0, $1, track) }
        if goesOn { legs.append(leg(last, join, track)) }
    }

    private func leg(_ from: String?, _ to: String?, _ track: Int) -> MetroLayout.Leg {
        MetroLayout.Leg(
            from: from, to: to, track: track,
            isCritical: (from.map(isCritical) ?? true) && (to.map(isCritical) ?? true),
            isDone: (from.map { stations[$0]?.state == .approved } ?? true)
                && (to.map { stations[$0]?.state != .notStarted } ?? true))
    }
}
