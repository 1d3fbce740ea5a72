import WorkCalendar
import WorkflowModel

/// What becomes of each item of a case when it goes on under another version (事项对应关系).
///
/// An item goes on under the id that the order names, else under its own. What nobody has begun follows the new version
/// without more ado. What was begun goes on only where the new version can take it up as it stands; what is over is kept
/// as it is. Anything else is an obstacle, and the case stays where it is.
struct Correspondence {
    private(set) var obstacles: [MigrationObstacle] = []
    /// For each item of the new plan that takes one up: the position of that one in the old plan.
    private(set) var taken: [Int: Int] = [:]
    private(set) var kept: [KeptItem] = []
    private(set) var dropped: [String] = []

    private let old: CaseRules
    private let new: CaseRules
    private let order: MigrationOrder
    private let governing: CaseGoverning

    init(
        of state: CaseState, under governing: CaseGoverning, from old: CaseRules, to new: CaseRules,
        order: MigrationOrder
    ) {
        self.old = old
        self.new = new
        self.order = order
        self.governing = governing
        var claims: [Int: [Int]] = [:]
        for index in old.items.indices {
            let item = state.items[index]
            if order.keeps(item.id), item.isBegun, !item.isOver {
                kept.append(kept(item, isOver: false))
            } else if let target = order.targets(of: item.id).lazy.compactMap({ new.index(of: $0) }).first {
                claims[target, default: []].append(index)
            } else {
                leave(item)
            }
        }
        for (target, claimants) in claims.sorted(by: { $0.key < $1.key }) {
            settle(target, claimants.map { ($0, state.items[$0]) })
        }
    }

    private func kept(_ item: ItemState, isOver: Bool) -> KeptItem {
        let earlier = governing.kept.first { $0.item == item.id }
        return KeptItem(
            item: item.id, version: earlier?.version ?? governing.version,
            definition: earlier?.definition ?? governing.definition, isOver: isOver)
    }

    /// The new version has no place for the item.
    private mutating func leave(_ item: ItemState) {
        if item.isOver {
            kept.append(kept(item, isOver: true))
        } else if item.isBegun {
            obstacles.append(.goneUnderWay(item: item.id, status: item.status))
        } else {
            dropped.append(item.id)
        }
    }

    /// One item of the new version and those that would go on as it.
    private mutating func settle(_ target: Int, _ claimants: [(index: Int, item: ItemState)]) {
        let underWay = claimants.filter { $0.item.isBegun && !$0.item.isOver }
        if underWay.count > 1 {
            obstacles.append(.takenTwice(by: new.items[target].id, items: underWay.map(\.item.id)))
            return
        }
        var heir = underWay.first
        if heir == nil {
            // Only together do finished items make the one item that they became finished.
            let areAllFinished = claimants.allSatisfy { $0.item.status.isFinished }
            if claimants.count == 1 || areAllFinished {
                heir = claimants.max { ($0.item.finishedOn ?? .earliest) < ($1.item.finishedOn ?? .earliest) }
            }
        }
        for claimant in claimants where claimant.index != heir?.index {
            if claimant.item.id == new.items[target].id, claimant.item.isOver {
                // Its id is the new item's, which starts anew; what came of it stands in the log.
                dropped.append(claimant.item.id)
            } else {
                leave(claimant.item)
            }
        }
        guard let heir else { return }
        if !heir.item.isBegun {
            taken[target] = heir.index
            return
        }
        let reasons = MigrationObstacle.between(heir.item, under: old.item(heir.index), and: new.item(target), in: new)
        if reasons.isEmpty {
            taken[target] = heir.index
        } else if heir.item.isOver {
            // What is over stays what it was; under a new kind only what is finished counts for the new item.
            if heir.item.status.isFinished, heir.item.id == new.items[target].id {
                kept.append(kept(heir.item, isOver: false))
            } else if heir.item.id != new.items[target].id {
                leave(heir.item)
            } else {
                dropped.append(heir.item.id)
            }
        } else {
            obstacles += reasons
        }
    }
}

extension MigrationOrder {
    /// What an item of one of several works is called without its work.
    private func plain(_ id: String) -> String? { Work.id(in: id).map { String(id.dropFirst($0.count + 1)) } }

    /// Under which ids an item may go on: what is said of an item is said of it in every work.
    fileprivate func targets(of id: String) -> [String] {
        if let target = map[id] { return [target] }
        guard let plain = plain(id), let work = Work.id(in: id), let target = map[plain] else { return [id] }
        return ["\(work):\(target)", target]
    }

    fileprivate func keeps(_ id: String) -> Bool {
        keep.contains(id) || plain(id).map { keep.contains($0) } ?? false
    }
}

extension ItemState {
    /// Whether anything was done about it beyond its turn having come.
    var isBegun: Bool { attempt > 0 || !(status == .planned || status == .ready) }

    /// Whether nothing of it is under way: finished, or its application came to nothing.
    var isOver: Bool { status.isFinished || status.allowsFilingAgain }
}

/// Why a case cannot go on under another version as it stands (迁移障碍).
public enum MigrationObstacle: Hashable, Sendable {
    /// It is under way, and the new version does not have it for this project.
    case goneUnderWay(item: String, status: ItemStatus)
    /// It is under way, and the new version makes it something of another kind.
    case otherKind(item: String)
    /// Its opinions are closed, and the new version has other participants or another procedure.
    case otherProcedure(item: String)
    /// It waits for a material that the new version does not list.
    case materialGone(item: String, material: String)
    /// Several items under way would go on as one.
    case takenTwice(by: String, items: [String])
    /// The new version decides by a fact that the project has not given.
    case factMissing(String)
    /// It waits for all works, and was begun or is over: a new one comes too late for it.
    case passedOver(item: String)
    /// The project's fact is not one that the new version knows.
    case factUnfit(String)
}

extension MigrationObstacle {
    /// Why an item that was begun cannot go on as another, as it stands.
    static func between(
        _ item: ItemState, under old: ItemRule, and new: ItemRule, in rules: CaseRules
    ) -> [MigrationObstacle] {
        guard old.route == new.route else { return [.otherKind(item: item.id)] }
        if item.isOver { return [] }
        var obstacles: [MigrationObstacle] = []
        if let joint = item.joint, let procedure = new.joint, item.status.isUnderReview {
            let isOpen = item.status == .opining || item.status == .inSession
            let participants = joint.participants.map(\.id)
            let isSame = Set(participants) == Set(procedure.participants.map(\.id))
            let isRectifiable =
                item.status != .rectifying && item.status != .rechecking
                || (procedure.rectification != nil
                    && (procedure.rectification?.recheck == nil) == (old.joint?.rectification?.recheck == nil))
            if old.isSession != new.isSession || !isRectifiable || !isOpen && !isSame {
                obstacles.append(.otherProcedure(item: item.id))
            }
        }
        for material in item.awaited where !rules.plan.workflow.materials.contains(where: { $0.id == material }) {
            obstacles.append(.materialGone(item: item.id, material: material))
        }
        return obstacles
    }
}

extension ItemState {
    /// The materials that the applicant owes it.
    fileprivate var awaited: [String] {
        var points: [Point] = []
        if status == .correcting { points += correction?.points ?? [] }
        if pause?.kind == .supplement { points += supplement?.points ?? [] }
        if status == .rectifying { points += joint?.notice.map(\.point) ?? [] }
        return points.compactMap(\.material) + missing + (gaps?.materials ?? [])
    }
}
