import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Explain, lift or confirm a supervision card; case show lists them. 监察牌。",
        subcommands: [Explain.self, Lift.self, Confirm.self])

    struct Target: CaseTargeting {
        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The card's id.")
        var card: String

        @OptionGroup var action: ActionOptions
    }

    struct Explain: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Say, as the department, how it came about 说明.")
        @OptionGroup var target: Target
        @Option(help: "The explanation.") var explanation: String
        var command: CaseCommand { .explainCard(card: target.card, explanation: explanation) }
    }

    struct Lift: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Lift the card, as the supervisor 解除.")
        @OptionGroup var target: Target
        @Option(help: "Why.") var reason: String
        var command: CaseCommand { .liftCard(card: target.card, reason: reason) }
    }

    struct Confirm: CaseVerb {
        static let configuration = CommandConfiguration(abstract: "Confirm the card, as the supervisor 认定.")
        @OptionGroup var target: Target
        @Option(help: "Why.") var reason: String
        var command: CaseCommand { .confirmCard(card: target.card, reason: reason) }
    }
}
