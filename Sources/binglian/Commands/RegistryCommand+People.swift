import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

extension RegistryCommand {
    struct OfficerEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "officer", abstract: "Register an officer with roles and a deputy (AB岗).")

        @Argument(help: "The person's name.") var person: String
        @Option(help: "The department's id; window and supervisor are units of their own.") var department: String
        @Option(
            name: .customLong("role"), parsing: .singleValue,
            help:
                "window, handler, reviewer, approver, head, supervisor, manager or editor; may be given several times.")
        var roles: [OfficerRole]
        @Option(help: "Who acts while the officer is away.") var deputy: String?
        @Option(help: "How to reach the officer.") var contact: String?
        @Option(help: "The first day in office.") var from: LocalDate?
        @Option(help: "The last day in office.") var until: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .officerRegistered(
                officer: Officer(
                    department: department, name: person, roles: Set(roles), deputy: deputy, contact: contact,
                    from: from, until: until))
        }
    }

    struct RemoveOfficer: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Take an officer off the registry.")

        @Argument(help: "The person's name.") var person: String
        @Option(help: "The department's id.") var department: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .officerRemoved(department: department, name: person, reason: reason)
        }
    }

    struct AbsenceEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "away", abstract: "An officer is away 请假; the deputy acts and clocks go on.")

        @Argument(help: "The officer's name.") var person: String
        @Option(help: "The department's id.") var department: String
        @Option(help: "The first day away.") var from: LocalDate
        @Option(help: "The last day away.") var through: LocalDate
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .absenceReported(
                department: department, name: person, absence: Absence(from: from, through: through, reason: reason))
        }
    }

    struct BackEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "back", abstract: "An officer is back earlier than reported 销假.")

        @Argument(help: "The officer's name.") var person: String
        @Option(help: "The department's id.") var department: String
        @Option(help: "The first day back; default: the date of the entry.") var from: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .absenceEnded(department: department, name: person, on: from ?? date)
        }
    }

    struct AuthorizeWindow: RegistryVerb {
        static let configuration = CommandConfiguration(
            abstract: "Let the window admit an item, or grant it 授权到位; once one is authorized, the others are not.")

        @Argument(help: "The item's id.") var item: String
        @Option(help: "The department that lets it.") var department: String
        @Option(help: "admit, or decide, which lets the window grant too.") var level: WindowLevel
        @Option(help: "One officer of the window only.") var officer: String?
        @Option(help: "The first day.") var from: LocalDate?
        @Option(help: "The last day.") var until: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .windowAuthorized(
                authority: WindowAuthority(
                    item: item, department: department, level: level, officer: officer, from: from, until: until))
        }
    }

    struct WithdrawAuthority: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Take the window's authority back.")

        @Argument(help: "The item's id, with /OFFICER where it is one officer's.") var authority: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .windowAuthorityWithdrawn(authority: authority, reason: reason)
        }
    }

    struct AgentEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "agent", abstract: "Register a proxy agent 代办员.")

        @Argument(help: "The agent's name.") var agent: String
        @Option(help: "How to reach the agent.") var contact: String?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .agentRegistered(agent: Agent(name: agent, contact: contact))
        }
    }

    struct RemoveAgent: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Take an agent off the registry.")

        @Argument(help: "The agent's name.") var agent: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .agentRemoved(agent: agent, reason: reason) }
    }

    struct AssignAgent: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Assign an agent to a project or to an owner, until a date 代办委托.")

        @Argument(help: "The agent's name.") var agent: String
        @Option(help: "The assignment's id; default: the agent and the project or owner.") var id: String?
        @Option(help: "The project code.") var project: String?
        @Option(help: "The owner's code or name.") var owner: String?
        @Option(
            name: .customLong("action"), parsing: .singleValue,
            help: "open, file, supply, withdraw or report; may be given several times; none is all.")
        var actions: [AgentAction] = []
        @Option(
            name: .customLong("stage"), parsing: .singleValue,
            help: "A stage's id; may be given several times; none is all.")
        var stages: [String] = []
        @Option(help: "The first day; default: the date of the entry.") var from: LocalDate?
        @Option(help: "The last day.") var until: LocalDate
        @Option(help: "Why the agent has more key projects than one may have.") var reason: String?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            let name = "\(agent)/\(project ?? owner ?? "")"
            return .agentAssigned(
                assignment: Assignment(
                    id: id ?? String(name.prefix(64)), agent: agent, project: project, owner: owner,
                    actions: Set(actions).sorted(), stages: stages, from: from ?? date, until: until), reason: reason)
        }
    }

    struct EndAssignment: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "End an assignment before its date.")

        @Argument(help: "The assignment's id.") var assignment: String
        @Option(help: "The last day; default: the date of the entry.") var last: LocalDate?
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .assignmentEnded(assignment: assignment, last: last ?? date, reason: reason)
        }
    }

    struct NameKeyProject: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "key-project", abstract: "Name a key project 重点项目: green channel, an agent of its own.")

        @Argument(help: "The project code.") var project: String
        @Option(help: "The list or decision that names it.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .keyProjectNamed(project: project, reason: reason) }
    }

    struct ReleaseKeyProject: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Take a project off the key projects.")

        @Argument(help: "The project code.") var project: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .keyProjectReleased(project: project, reason: reason) }
    }
}
