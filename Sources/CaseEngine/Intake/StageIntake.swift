import WorkCalendar
import WorkflowModel

/// What somebody wants to do with one form for a whole stage (阶段综合受理指令).
///
/// - Source: 国办发〔2019〕11号 四(十二)、(十三): one window, one form and one set of materials for a stage; 营口市行政审批清障
///   提效专项整治行动方案 三(三)7: 一口告知、综合收件.
public enum IntakeCommand: Hashable, Sendable, Codable {
    /// 收件: the form for a stage, for the items named or all that are still to be filed; each document once.
    case receive(stage: String, items: [String], materials: [SuppliedMaterial])
    /// 补交: what was missing, or what the notice asked for.
    case supply(intake: String, materials: [SuppliedMaterial])
    /// 一口告知: everything that is to be put right over all items, once.
    case notice(intake: String, points: [ItemPoints])
    /// 综合受理: admits the items named, or all that wait for it.
    case admit(intake: String, items: [String])
}

/// The points of a notice that concern one item.
public struct ItemPoints: Hashable, Sendable, Codable {
    public let item: String
    public let points: [Point]

    public init(item: String, points: [Point]) {
        self.item = item
        self.points = points
    }
}

/// The materials that one item still lacks.
public struct ItemMaterials: Hashable, Sendable, Codable {
    public let item: String
    public let materials: [String]

    public init(item: String, materials: [String]) {
        self.item = item
        self.materials = materials
    }
}

/// A form for a stage as the window received it (阶段申报表单).
public struct IntakeForm: Hashable, Sendable, Codable {
    /// The number on the receipt: the stage and a running number.
    public let id: String
    public let stage: String
    /// The stage's lead department 牵头部门.
    public let lead: String?
    /// What it applies for, in plan order.
    public let items: [String]
    /// Each document once, whatever number of items take it.
    public let supplied: [SuppliedMaterial]
    public let served: [ServedMaterial]
    public let failed: [FailedLookup]
    /// The one notice of all that is missing, over all items.
    public let missing: [ItemMaterials]

    public init(
        id: String, stage: String, lead: String?, items: [String], supplied: [SuppliedMaterial],
        served: [ServedMaterial], failed: [FailedLookup], missing: [ItemMaterials]
    ) {
        self.id = id
        self.stage = stage
        self.lead = lead
        self.items = items
        self.supplied = supplied
        self.served = served
        self.failed = failed
        self.missing = missing
    }
}

/// A form for a stage and what became of it (阶段受理).
public struct StageIntake: Hashable, Sendable {
    public let id: String
    public let stage: String
    public let lead: String?
    public let on: LocalDate
    public internal(set) var items: [String]
    /// Not filed yet: not ready, or something is missing.
    public internal(set) var waiting: [String]
    /// The numbers of the applications that came of it, by item.
    public internal(set) var filings: [String: Int] = [:]
    /// What was missing when it came.
    public internal(set) var missing: [ItemMaterials]
    /// When its one notice was given.
    public internal(set) var noticedOn: LocalDate?

    init(_ form: IntakeForm, on: LocalDate) {
        id = form.id
        stage = form.stage
        lead = form.lead
        self.on = on
        items = form.items
        waiting = form.items
        missing = form.missing
    }

    /// What an item on the form still lacks of what was told.
    public func missing(of item: String, in state: CaseState, on date: LocalDate) -> [String] {
        (missing.first { $0.item == item }?.materials ?? []).filter { material in
            !state.materials.contains { $0.material == material && $0.isValid(on: date) }
        }
    }

    mutating func rename(by map: [String: String]) {
        items = items.map { map[$0] ?? $0 }
        waiting = waiting.map { map[$0] ?? $0 }
        missing = missing.map { ItemMaterials(item: map[$0.item] ?? $0.item, materials: $0.materials) }
        filings = Dictionary(filings.map { (map[$0] ?? $0, $1) }, uniquingKeysWith: max)
    }
}

extension CaseRules {
    /// Folds what became of a form.
    func evolveIntake(_ state: inout CaseState, by event: CaseEvent) {
        switch event.what {
        case .intakeReceived(let form):
            state.intakes.append(StageIntake(form, on: event.on))
            for document in form.supplied {
                hold(document, since: event.on, origin: form.id, isOutput: false, in: &state)
            }
            for one in form.served {
                hold(one.document, since: event.on, origin: form.id, isOutput: false, from: one.source, in: &state)
            }
            for one in form.failed {
                let taker = form.items.first { id in
                    index(of: id).map { items[$0].materials.contains { $0.material == one.material } } ?? false
                }
                note([one], item: taker ?? form.id, event, in: &state)
            }
        case .intakeSupplied(let id, let supplied):
            for document in supplied { hold(document, since: event.on, origin: id, isOutput: false, in: &state) }
        case .intakeNoticed(let id, _):
            if let position = state.intakes.firstIndex(where: { $0.id == id }) {
                state.intakes[position].noticedOn = event.on
            }
        default: break
        }
    }

    /// An item on a form was filed, with it or by itself.
    func noteFiling(of index: Int, in state: inout CaseState) {
        let id = items[index].id
        for position in state.intakes.indices where state.intakes[position].waiting.contains(id) {
            state.intakes[position].waiting.removeAll { $0 == id }
            state.intakes[position].filings[id] = state.items[index].attempt
        }
    }
}

// Members stand in the order of their names; `Codable` writes the same.

extension IntakeCommand: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object { json in
            switch self {
            case .receive(let stage, let items, let materials):
                json.member("receive") {
                    $0.member("items", items)
                    $0.member("materials", materials)
                    $0.member("stage", stage)
                }
            case .supply(let intake, let materials):
                json.member("supply") {
                    $0.member("intake", intake)
                    $0.member("materials", materials)
                }
            case .notice(let intake, let points):
                json.member("notice") {
                    $0.member("intake", intake)
                    $0.member("points", points)
                }
            case .admit(let intake, let items):
                json.member("admit") {
                    $0.member("intake", intake)
                    $0.member("items", items)
                }
            }
        }
    }

    /// The stage that it is about.
    func stage(in state: CaseState) -> String? {
        switch self {
        case .receive(let stage, _, _): stage
        case .supply(let id, _), .notice(let id, _), .admit(let id, _): state.intakes.first { $0.id == id }?.stage
        }
    }
}

extension IntakeForm: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("failed", failed)
            $0.member("id", id)
            $0.member("items", items)
            $0.member("lead", lead)
            $0.member("missing", missing)
            $0.member("served", served)
            $0.member("stage", stage)
            $0.member("supplied", supplied)
        }
    }
}

extension ItemPoints: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("item", item)
            $0.member("points", points)
        }
    }
}

extension ItemMaterials: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("item", item)
            $0.member("materials", materials)
        }
    }
}
