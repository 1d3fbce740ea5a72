import CaseEngine
import Orchestrator
import WorkCalendar

/// Who asks (请求人): an account in one of its posts.
struct Person: Sendable, Hashable {
    let tenant: String
    let account: String
    let name: String
    let posts: [Post]
    let post: Post
    /// The name of the stay, when there is one: with a token there is none.
    let session: String?

    var role: ServiceRole { post.role }

    /// As whom the engine knows them.
    var actor: Actor {
        Actor(
            role: post.role.engineRole,
            department: ServiceRole.ofDepartments.contains(post.role) || post.role == .window ? post.department : nil,
            name: name)
    }

    /// How they are related to a case.
    ///
    /// - Parameter registry: who is whose agent.
    func relation(to snapshot: CaseSnapshot, registry: Registry?, on date: LocalDate) -> Relation {
        guard let opening = snapshot.state.opening else { return .other }
        let names = [opening.ownerCode, opening.owner?.zh].compactMap(\.self)
        if ServiceRole.ofOwners.contains(role) {
            if post.owners.contains(where: { names.contains($0) || $0 == opening.project }) { return .own }
            if role == .agent, let registry {
                let assignments = registry.assignments(of: name, project: opening.project, owner: names, on: date)
                if assignments.contains(where: { $0.isInForce(on: date) }) { return .own }
            }
            return .other
        }
        if let department = post.department, ServiceRole.ofDepartments.contains(role) {
            return snapshot.hasPart(department) ? .department : .other
        }
        return .other
    }
}
