import ArgumentParser
import CaseEngine
import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

struct RegistryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "Who is who outside any case: officers, agents, owners' credit, intermediaries, zones. 名册。",
        discussion: """
            What is registered again takes the place of what was registered before. Until a manager is registered, every
            office may make every entry. What is not registered restrains nobody.
            """,
        subcommands: [
            Show.self, History.self, Documents.self, SuggestAgent.self, PolicyEntry.self, HoursEntry.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "People",
                subcommands: [
                    OfficerEntry.self, RemoveOfficer.self, AbsenceEntry.self, BackEntry.self, AuthorizeWindow.self,
                    WithdrawAuthority.self,
                ]),
            CommandGroup(
                name: "Agents and key projects",
                subcommands: [
                    AgentEntry.self, RemoveAgent.self, AssignAgent.self, EndAssignment.self, NameKeyProject.self,
                    ReleaseKeyProject.self,
                ]),
            CommandGroup(
                name: "Credit",
                subcommands: [
                    OwnerEntry.self, GradeOwner.self, ListEntry.self, UnlistEntry.self, BreachEntry.self,
                    ClearBreach.self,
                ]),
            CommandGroup(
                name: "Intermediaries",
                subcommands: [
                    FirmEntry.self, SelectFirm.self, RateEntry.self, TenderCommand.self, ContractCommand.self,
                    FirmCredit.self,
                ]),
            CommandGroup(
                name: "Areas", subcommands: [AssessRegion.self, WithdrawAssessment.self, PlaceProject.self]),
        ])
}

/// A command that makes one entry.
protocol RegistryVerb: AsyncParsableCommand {
    var action: ActionOptions { get }
    func entry(on date: LocalDate) throws -> RegistryEntry
}

extension RegistryVerb {
    func run() async throws {
        try await action.store.terminal.run { terminal in
            try await action.store.withOffice(terminal, creating: true) { office in
                let name = action.key ?? "cli.\(UUID().uuidString.lowercased())"
                let key = try CaseOffice.key(name, isChosen: action.key != nil)
                let entered = try await office.orchestrator.enter(
                    try entry(on: action.date), key: key, by: action.actor, on: action.date, at: OfficeDate.now)
                action.store.report(entered, terminal)
            }
        }
    }
}

extension StoreOptions {
    /// Says what was entered.
    func report(_ entered: Entered, _ terminal: Terminal) {
        switch format {
        case .json:
            printOut(
                JSONText.members([
                    "version": .integer(entered.version), "repeated": .bool(entered.isRepeat),
                    "events": .array(entered.events.map { .raw(String(decoding: $0.payload, as: UTF8.self)) }),
                ]).compact)
        case .text:
            if entered.events.isEmpty { printOut(terminal.say("没有变化。", "Nothing changed.")) }
            for event in entered.events { printOut(RegistryLine(event, terminal).text) }
            if entered.isRepeat {
                printOut(terminal.say("（此前已登记，未重复登记）", "(entered before; nothing happened twice)"))
            }
        }
    }
}

/// One entry on one line: date, what, by whom.
struct RegistryLine {
    let text: String

    init(_ event: RegistryEvent, _ terminal: Terminal) {
        let who = event.by.role == .system ? "" : "  (\(event.by.name))"
        text = "\(event.on)  \(event.words[terminal.language])" + terminal.styled(who, .dim)
    }
}

extension RegistryCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What stands in the registry: everything, or one part of it.")

        @Argument(
            help: ArgumentHelp(
                stringLiteral: "The part: \(RegistryPart.allCases.map(\.rawValue).joined(separator: ", "))."))
        var part: RegistryPart?

        @Option(help: "As of that date; default: today in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let report = RegistryReport(
                        registry: try await office.orchestrator.registry(), on: on ?? OfficeDate.today)
                    switch store.format {
                    case .json: printOut(report.json.pretty)
                    case .text: printOut(report.text(part.map { [$0] } ?? RegistryPart.allCases, terminal))
                    }
                }
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every entry that was ever made, in order.")

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let records = try await office.orchestrator.log(of: .registry)
                    switch store.format {
                    case .json: for record in records { printOut(record.json.compact) }
                    case .text:
                        if records.isEmpty { printOut(terminal.say("名册是空的。", "The registry is empty.")) }
                        for record in records {
                            printOut(RegistryLine(try RegistryEvent(record: record), terminal).text)
                        }
                    }
                }
            }
        }
    }

    struct SuggestAgent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether a project gets an agent of its own, and who could be it 一对一代办.",
            discussion: "Exit status 0: it does; 1: neither rule holds.")

        @Argument(help: "The project code.")
        var project: String

        @Option(help: "The owner's code or name.")
        var owner: String?

        @Option(help: "As of that date; default: today in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    let registry = try await office.orchestrator.registry()
                    guard
                        let suggestion = registry.agentSuggestion(
                            project: project, owner: owner, on: on ?? OfficeDate.today)
                    else {
                        throw CommandFailure(
                            zh: "既非重点项目，建设单位信用也未达 \(registry.policy.greenGrade.rawValue) 级（或为房地产企业），不一对一代办。",
                            en:
                                "it is no key project, and the owner's credit is below \(registry.policy.greenGrade.rawValue) "
                                + "(or it is a real-estate developer): no agent of its own.")
                    }
                    switch store.format {
                    case .json:
                        printOut(
                            JSONText.members([
                                "rule": .string(suggestion.rule.rawValue), "agents": .strings(suggestion.agents),
                            ]).pretty)
                    case .text:
                        printOut(
                            terminal.say(
                                "一对一代办（\(suggestion.rule.title.zh)）：\(suggestion.agents.joined(separator: "、"))",
                                "one-to-one agent (\(suggestion.rule.title.en)): \(suggestion.agents.joined(separator: ", "))"
                            ))
                    }
                }
            }
        }
    }

    struct PolicyEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "policy", abstract: "Set the figures that places set for themselves.")

        @Option(help: "Months for which a breach bars tolerance and commitment.") var barMonths: Int = 12
        @Option(help: "Key projects that one agent may have.") var keyProjects: Int = 1
        @Option(help: "The grade from which the green channel is open.") var greenGrade: CreditGrade = .aa
        @Option(help: "How many late services bar an intermediary.") var firmBreaches: Int = 3
        @Option(help: "Minutes of a time that can be booked.") var slotMinutes: Int = 30
        @Option(help: "How many may come at one time.") var slotCapacity: Int = 2
        @Option(help: "How many days ahead one may book.") var bookingDays: Int = 30
        @Option(help: "From how many missed appointments of a case only the window books.") var noShows: Int = 3
        @Option(help: "The rule it follows.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .policySet(
                policy: RegistryPolicy(
                    barMonths: barMonths, keyProjectsPerAgent: keyProjects, greenGrade: greenGrade,
                    firmBreaches: firmBreaches,
                    booking: BookingPolicy(
                        slotMinutes: slotMinutes, capacity: slotCapacity, daysAhead: bookingDays, noShows: noShows)),
                reason: reason)
        }
    }
}

extension CreditGrade: ExpressibleByArgument {}
extension OfficerRole: ExpressibleByArgument {}
extension WindowLevel: ExpressibleByArgument {}
extension AgentAction: ExpressibleByArgument {}
extension CreditList: ExpressibleByArgument {}
extension BreachKind: ExpressibleByArgument {}
extension SelectionMethod: ExpressibleByArgument {}
extension Payer: ExpressibleByArgument {}
extension FirmRating.Side: ExpressibleByArgument {}
extension RegistryPart: ExpressibleByArgument {}
