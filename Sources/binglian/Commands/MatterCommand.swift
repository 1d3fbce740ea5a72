import ArgumentParser
import CaseEngine
import Orchestrator
import WorkCalendar
import WorkflowModel

struct MatterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matter",
        abstract: "Follow something up until it is answered: follow-ups, issues, complaints, bad ratings. 督办件。",
        subcommands: [
            FollowUp.self, PutIssue.self, Complain.self, Answer.self, Extend.self, Escalate.self, CallBack.self,
            Close.self, List.self,
        ])

    struct Target: CaseTargeting {
        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The matter's id.")
        var matter: String

        @OptionGroup var action: ActionOptions
    }

    struct FollowUp: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "follow-up", abstract: "Demand something of a department by a date, as the supervisor 督办.")
        @OptionGroup var target: CaseTarget
        @Option(help: "What is demanded.") var demand: String
        @Option(help: "The item that it is about.") var item: String?
        @Option(help: "The department; default: the item's.") var department: String?
        @Option(help: "The last day for the answer; default: by the workflow's policy.") var due: LocalDate?
        var command: CaseCommand {
            .supervise(.followUp(item: item, department: department, demand: demand, due: due))
        }
    }

    struct PutIssue: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Put a hard question to the office above, as a department 疑难问题.")
        @OptionGroup var target: CaseTarget
        @Option(help: "The question.") var question: String
        @Option(help: "The item that it is about.") var item: String?
        @Option(help: "The department whose question it is; default: one's own, or the item's.") var department: String?
        var command: CaseCommand { .supervise(.putIssue(item: item, department: department, question: question)) }
    }

    struct Complain: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Take a complaint down 投诉.")
        @OptionGroup var target: CaseTarget
        @Option(help: "The complaint.") var text: String
        @Option(help: "The item that it is about.") var item: String?
        @Option(help: "The department that it is about; default: the item's.") var department: String?
        var command: CaseCommand { .supervise(.complain(item: item, department: department, text: text)) }
    }

    struct Answer: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Answer a matter, as the office that has it 答复.")
        @OptionGroup var target: Target
        @Option(help: "The answer.") var answer: String
        @Option(help: ArgumentHelp("Of a bad rating: \(BadRatingOutcome.names).", valueName: "outcome"))
        var outcome: BadRatingOutcome?
        @Option(help: "By when it is put right, with --outcome fixed-by-date.") var by: LocalDate?
        var command: CaseCommand {
            .supervise(.answer(matter: target.matter, answer: answer, outcome: outcome, by: by))
        }
    }

    struct Extend: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Take longer for a complaint, once 延期.")
        @OptionGroup var target: Target
        @Option(help: "How much longer, such as 5wd.") var by: DayAmount
        @Option(help: "Why.") var reason: String
        @Option(help: "Who approved it, another person.") var approver: String
        var command: CaseCommand {
            .supervise(.extend(matter: target.matter, by: by, reason: reason, approver: approver))
        }
    }

    struct Escalate: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Put a matter to the next office of the chain 提级.")
        @OptionGroup var target: Target
        @Option(help: "Why.") var reason: String
        var command: CaseCommand { .supervise(.escalate(matter: target.matter, reason: reason)) }
    }

    struct CallBack: CaseVerb {
        static let configuration = CommandConfiguration(
            commandName: "call-back", abstract: "Note what the person said who was called back 回访.")
        @OptionGroup var target: Target
        @Flag(inversion: .prefixedNo, help: "Whether the person is satisfied with the answer.") var satisfied: Bool
        @Option(help: "What was said.") var note: String
        var command: CaseCommand {
            .supervise(.callBack(matter: target.matter, isSatisfied: satisfied, note: note))
        }
    }

    struct Close: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Close an answered matter, as the supervisor 销号.")
        @OptionGroup var target: Target
        @Option(help: "What was found.") var note: String
        var command: CaseCommand { .supervise(.close(matter: target.matter, note: note)) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The matters of a case, or of all cases.")

        @Argument(help: "The case; without one, all cases.")
        var caseID: String?

        @Flag(help: "Only those that are not closed.")
        var open = false

        @Option(help: "As of that date; default: today in Beijing time.")
        var on: LocalDate?

        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await store.terminal.run { terminal in
                try await store.withOffice(terminal) { office in
                    var found: [MatterText.Row] = []
                    try await office.forEachCase(caseID) { snapshot in
                        for matter in snapshot.state.oversight?.matters ?? [] where !open || matter.status != .closed {
                            let days = matter.overdueDays(
                                asOf: on ?? OfficeDate.today, on: snapshot.machine.calendar)
                            found.append(MatterText.Row(caseID: snapshot.id.text, matter: matter, overdueDays: days))
                        }
                    }
                    let text = MatterText(rows: found, terminal: terminal)
                    printOut(store.format == .json ? text.json.pretty : text.text)
                }
            }
        }
    }
}

struct RateCommand: CaseVerb {
    static let configuration = CommandConfiguration(
        commandName: "rate", abstract: "Rate a completed step of an item, 1 (best) to 5. 好差评。")

    @OptionGroup var target: SubjectTarget
    @Option(help: "1 very satisfied … 5 very dissatisfied; 4 and 5 open a ticket.") var score: Int
    @Option(help: ArgumentHelp("One of \(RatedStep.names).", valueName: "step")) var step: RatedStep = .decision
    @Option(help: ArgumentHelp("One of \(RatingChannel.names).", valueName: "channel")) var channel: RatingChannel =
        .web
    @Option(help: "What there is to say.") var comment: String = ""
    var command: CaseCommand {
        .supervise(.rate(item: target.item, step: step, score: score, channel: channel, comment: comment))
    }
}

extension CaseOffice {
    /// Looks at a case, or at all of them one after another.
    func forEachCase(_ id: String?, _ body: (CaseSnapshot) async throws -> Void) async throws {
        if let id { return try await body(try await snapshot(of: id)) }
        for row in try await summaries(SummaryFilter()) {
            try await body(try await orchestrator.snapshot(of: row.caseID))
            await orchestrator.release(row.caseID)
        }
    }
}
