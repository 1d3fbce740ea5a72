import CaseEngine
import WorkCalendar
import WorkflowModel

/// A part of the registry, as `registry show` prints it.
enum RegistryPart: String, CaseIterable, Sendable {
    case people, agents, credit, firms, market, areas, policy, hours
}

/// The registry on a date, for people and for programs.
struct RegistryReport {
    let registry: Registry
    let on: LocalDate

    var officers: [Officer] {
        registry.officers.values.flatMap(\.values).sorted { ($0.department, $0.name) < ($1.department, $1.name) }
    }

    var authorities: [WindowAuthority] { registry.authorities.values.sorted { $0.id < $1.id } }
    var agents: [Agent] { registry.agents.values.sorted { $0.name < $1.name } }
    var assignments: [Assignment] { registry.assignments.values.sorted { ($0.agent, $0.id) < ($1.agent, $1.id) } }
    var keyProjects: [String] { registry.keyProjects.keys.sorted() }
    var owners: [OwnerRecord] { registry.owners.values.sorted { $0.code < $1.code } }
    var breaches: [Breach] { registry.breaches.values.sorted { ($0.on, $0.id) < ($1.on, $1.id) } }
    var firms: [Firm] { registry.firms.values.sorted { $0.code < $1.code } }
    var assessments: [RegionalAssessment] { registry.assessments.values.sorted { $0.id < $1.id } }
    var placed: [String] { registry.zones.keys.sorted() }

    /// Every place on a list, by subject.
    var listings: [(subject: CreditSubject, listing: Listing)] {
        registry.lists.flatMap { subject, lists in lists.values.map { (subject, $0) } }
            .sorted {
                ($0.subject.kind, $0.subject.id, $0.listing.list.rawValue) < (
                    $1.subject.kind, $1.subject.id, $1.listing.list.rawValue
                )
            }
    }

    /// The facts that a project in a zone may claim.
    func facts(in zone: String) -> [String] {
        Set(assessments.filter { $0.zones.contains(zone) && $0.isInForce(on: on) }.flatMap(\.facts)).sorted()
    }

    /// The grade of a firm as its late services leave it.
    func grade(of firm: Firm) -> CreditGrade? { registry.grade(ofFirm: firm.code, on: on) }

    /// Ratings of one side with a firm: how many, and their mean.
    func ratings(of firm: String, _ side: FirmRating.Side) -> (count: Int, mean: Double?) {
        let scores = registry.ratings.filter { $0.firm == firm && $0.rated == side }.map(\.score)
        return (scores.count, scores.isEmpty ? nil : Double(scores.reduce(0, +)) / Double(scores.count))
    }

    /// Away until when, and who acts.
    func absence(of officer: Officer) -> (absence: Absence, deputy: String?)? {
        registry.absence(of: officer.name, in: officer.department, on: on).map {
            ($0, registry.deputy(of: officer.name, in: officer.department, on: on))
        }
    }
}

extension CreditSubject {
    var kind: String {
        switch self {
        case .owner: "owner"
        case .person: "person"
        case .firm: "firm"
        }
    }
}
