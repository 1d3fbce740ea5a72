import WorkCalendar
import WorkflowModel

/// What the plan says of one item, beside what follows from it whatever happens (事项规则).
///
/// An object, so that a rule is looked at where it lies: an ``Item`` is a value of some thirty references.
final class ItemRule: Sendable {
    let id: String
    let kind: ItemKind
    let department: String?
    let clock: ClockHolder
    let takes: DurationEstimate?
    let limit: DayAmount?
    let handling: Handling
    let tolerance: DayAmount?
    let materials: [MaterialRequirement]
    let outputs: [String]
    let chain: [String]
    let silence: Silence
    let joint: JointProcedure?
    /// Looked at only where ``hasProvisions`` says that there is something to see: most items have none.
    let provisions: Provisions
    let hasProvisions: Bool
    var lapse: LapseRule? { provisions.lapses }
    /// Whether the clock waits for the department; in a joint item all are asked at once, on admission.
    let startsWithDepartment: Bool

    let route: ItemRoute
    /// The legal limit: its own, or the one the licensing law sets for its kind.
    let statutoryLimit: StatutoryLimit?
    /// What may stay open when the case is complete: a later check, or a leftover.
    let isLaterCheck: Bool
    /// Whether it was over when the version that governs now came, which does not have it.
    let isLeftover: Bool
    /// Whether the participants of a joint item act together, in one session.
    let isSession: Bool
    /// Whether the department itself asks for opinions, so that nobody applies: the item asks for no materials and has
    /// no admission.
    let asksForOpinions: Bool
    /// Who decides it: its department, the lead of a joint one.
    let decider: ExpectedActor
    let lead: Party
    let admitting: Party
    let worker: Party

    init(_ item: Item, statutoryLimit: StatutoryLimit?, isLeftover: Bool = false) {
        id = item.id
        kind = item.kind
        department = item.department
        clock = item.clock
        takes = item.takes
        // What is decided on the spot is decided on the day of admission.
        limit = item.limit ?? (item.handling == .instant ? .working(0) : nil)
        handling = item.handling
        tolerance = item.tolerance
        materials = item.materials
        outputs = item.outputs
        chain = item.chain
        silence = item.silence
        joint = item.joint
        provisions = item.provisions
        hasProvisions = item.provisions != .none
        route = ItemRoute(item)
        startsWithDepartment = item.provisions.clockStarts == .department && ItemRoute(item) == .application
        self.statutoryLimit = statutoryLimit
        isLaterCheck = item.isLaterCheck || isLeftover
        self.isLeftover = isLeftover
        isSession = item.joint != nil && item.takes != nil
        asksForOpinions =
            item.materials.isEmpty && item.joint?.admission == nil
            && (item.kind == .opinion || item.joint?.kind == .opinion || item.joint?.kind == .issue)
        decider = item.department.map { .department($0) } ?? .system
        lead = item.department.map { .department($0) } ?? .window
        admitting = item.joint?.admittedBy.map { .department($0) } ?? lead
        worker = item.kind == .applicant ? .applicant : lead
    }
}
