import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Explain, lift or confirm a supervision card; case show lists them. 监察牌。",
        subcommands: [Explain.self, Lift.self, Confirm.self])

    struct Target: ParsableArguments {
        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The card's id.")
        var card: String

        @OptionGroup var action: ActionOptions

        func perform(_ command: CaseCommand) async throws {
            try await action.store.terminal.run { terminal in
                try await action.store.withOffice(terminal) { office in
                    action.store.report(try await office.perform(command, on: caseID, action), terminal)
                }
            }
        }
    }

    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say, as the department, how it came about 说明.")
        @OptionGroup var target: Target
        @Option(help: "The explanation.") var explanation: String
        func run() async throws { try await target.perform(.explainCard(card: target.card, explanation: explanation)) }
    }

    struct Lift: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lift the card, as the supervisor 解除.")
        @OptionGroup var target: Target
        @Option(help: "Why.") var reason: String
        func run() async throws { try await target.perform(.liftCard(card: target.card, reason: reason)) }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Confirm the card, as the supervisor 认定.")
        @OptionGroup var target: Target
        @Option(help: "Why.") var reason: String
        func run() async throws { try await target.perform(.confirmCard(card: target.card, reason: reason)) }
    }
}
