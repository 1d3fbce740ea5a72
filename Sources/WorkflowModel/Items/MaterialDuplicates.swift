import WorkCalendar

/// Materials that are the same under different names, and what the applicant would be spared (重复材料).
///
/// - Source: 营口行政审批清障提效方案 三(三)8: 重复收取的图纸、申报材料合并受理、内部流转.
public struct MaterialDuplicates: Sendable, Hashable {
    public let pairs: [Pair]
    public let workflows: [Count]

    /// Two materials that are probably one document.
    public struct Pair: Sendable, Hashable {
        public let relation: Relation
        public let first: Mention
        public let second: Mention
        /// The item that issues the first, when the second is asked from the applicant.
        public let issuedBy: String?
    }

    public enum Relation: String, Sendable, Hashable, CaseIterable {
        case same, choice, alike

        public var title: LocalizedText {
            switch self {
            case .same: .init(zh: "同一名称", en: "same name")
            case .choice: .init(zh: "择一中的一种", en: "one of a choice")
            case .alike: .init(zh: "名称相近", en: "names alike")
            }
        }
    }

    /// A material of a workflow and the items that ask for it.
    public struct Mention: Sendable, Hashable {
        public let workflow: String
        public let material: String
        public let title: LocalizedText
        public let items: [String]
    }

    /// How often documents are asked for in a workflow, and how often they need to be.
    public struct Count: Sendable, Hashable {
        public let workflow: String
        public let title: LocalizedText
        /// Demands of all items, each material counted with every item that asks for it.
        public let demands: Int
        /// Of these, for what an item of the workflow issues.
        public let issuedOnTheWay: Int
        /// Of these, for what a department has.
        public let ofDepartments: Int
        /// Of these, for what another item has asked for already.
        public let repeated: Int
        /// Further documents that fall away when those of the same name are made one.
        public let sameName: Int
        /// What the applicant hands in when nothing is asked for twice.
        public var once: Int { demands - issuedOnTheWay - ofDepartments - repeated - sameName }
    }

    /// Up to so many names, each is held against each.
    public static let mostCompared = 1_500

    /// - Parameter workflows: as they are for all projects, or with the items of one.
    /// - Complexity: O(m²), m = different names of materials; near-linear where there are more than ``mostCompared``, of
    ///   which names that are only alike are not looked for.
    public init(_ workflows: [WorkflowDefinition]) {
        // The same id under the same name in another workflow tells nothing new.
        var known: Set<[String]> = []
        let mentions = workflows.flatMap(Self.mentions).filter { known.insert([$0.material, $0.title.zh]).inserted }
        let names = mentions.map { MaterialName($0.title.zh) }
        let issuers = Dictionary(workflows.map { ($0.id, Self.issuers($0)) }, uniquingKeysWith: { first, _ in first })
        let decisions = Self.decisions(workflows)
        var pairs: [Pair] = []
        var seen: Set<[String]> = []
        func compare(_ one: Int, _ other: Int) {
            let (first, second) = (mentions[one], mentions[other])
            let key = [first.material, second.material].sorted()
            guard first.material != second.material, !seen.contains(key),
                let relation = names[one].relation(to: names[other]),
                relation != .alike || !decisions.contains(key)
            else { return }
            seen.insert(key)
            pairs.append(Self.pair(Relation(relation), first, second, issuers))
        }
        if mentions.count <= Self.mostCompared {
            for one in mentions.indices { for other in mentions.indices.dropFirst(one + 1) { compare(one, other) } }
        } else {
            // Of so many only those with a whole name in common.
            var places: [String: [Int]] = [:]
            for (place, name) in names.enumerated() {
                for word in Set(name.choices + [name.plain]).sorted() {
                    if let other = places[word]?.first { compare(other, place) }
                    places[word, default: []].append(place)
                }
            }
        }
        let rank = { (pair: Pair) in Relation.allCases.firstIndex(of: pair.relation) ?? 0 }
        self.pairs = pairs.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map(\.element)
        self.workflows = workflows.map(Self.count)
    }

    private static func mentions(_ workflow: WorkflowDefinition) -> [Mention] {
        var askers: [String: [String]] = [:]
        for item in workflow.items {
            for requirement in item.materials { askers[requirement.material, default: []].append(item.id) }
        }
        let issued = Set(workflow.items.flatMap(\.outputs))
        return workflow.materials.filter { askers[$0.id] != nil || issued.contains($0.id) }.map {
            Mention(workflow: workflow.id, material: $0.id, title: $0.title, items: askers[$0.id] ?? [])
        }
    }

    private static func issuers(_ workflow: WorkflowDefinition) -> [String: String] {
        var issuers: [String: String] = [:]
        for item in workflow.items { for material in item.outputs { issuers[material] = item.id } }
        return issuers
    }

    /// What is issued on the strength of what, as pairs of ids: the approval of a report is called nearly as the report is.
    private static func decisions(_ workflows: [WorkflowDefinition]) -> Set<[String]> {
        var found: Set<[String]> = []
        for item in workflows.lazy.flatMap(\.items) {
            for output in item.outputs {
                for requirement in item.materials { found.insert([output, requirement.material].sorted()) }
            }
        }
        return found
    }

    private static func pair(
        _ relation: Relation, _ one: Mention, _ other: Mention, _ issuers: [String: [String: String]]
    ) -> Pair {
        let issued = { (mention: Mention) in issuers[mention.workflow]?[mention.material] }
        if issued(one) == nil, let item = issued(other) {
            return Pair(relation: relation, first: other, second: one, issuedBy: one.items.isEmpty ? nil : item)
        }
        let isAsked = issued(other) == nil && !other.items.isEmpty
        return Pair(relation: relation, first: one, second: other, issuedBy: isAsked ? issued(one) : nil)
    }

    private static func count(_ workflow: WorkflowDefinition) -> Count {
        let issuers = issuers(workflow)
        let materials = Dictionary(
            workflow.materials.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var (demands, issued, ofDepartments, repeated, sameName) = (0, 0, 0, 0, 0)
        var asked: Set<String> = []
        var names: Set<String> = []
        for item in workflow.items {
            for requirement in item.materials {
                demands += 1
                let material = materials[requirement.material]
                if issuers[requirement.material].map({ $0 != item.id }) == true {
                    issued += 1
                } else if material?.owner == .department {
                    ofDepartments += 1
                } else if !asked.insert(requirement.material).inserted {
                    repeated += 1
                } else if let material, !names.insert(MaterialName(material.title.zh).plain).inserted {
                    sameName += 1
                }
            }
        }
        return Count(
            workflow: workflow.id, title: workflow.title, demands: demands, issuedOnTheWay: issued,
            ofDepartments: ofDepartments, repeated: repeated, sameName: sameName)
    }
}

extension MaterialDuplicates.Relation {
    init(_ relation: MaterialName.Relation) {
        self =
            switch relation {
            case .same: .same
            case .choice: .choice
            case .alike: .alike
            }
    }
}

extension CatalogueLint {
    /// Materials of one workflow that are the same under two ids, as warnings at the second.
    public static func duplicates(in workflow: PlacedWorkflow) -> [Diagnostic] {
        let titles = Dictionary(
            workflow.definition.items.map { ($0.id, $0.title.zh) }, uniquingKeysWith: { first, _ in first })
        return MaterialDuplicates([workflow.definition]).pairs.filter { $0.relation != .alike }.map { pair in
            let place = workflow.places.of("materials", pair.second.material, "title")
            let note = Diagnostic.Note(
                place: workflow.places.of("materials", pair.first.material), message: Wording.firstHere)
            guard let issuer = pair.issuedBy else {
                return Diagnostic(.sameMaterial(pair.second.title, as: pair.first.material), at: place, notes: [note])
            }
            return Diagnostic(
                .outputAskedAgain(pair.second.title, issued: pair.first.material, by: titles[issuer] ?? issuer),
                at: place, notes: [note])
        }.sortedByPlace()
    }
}
