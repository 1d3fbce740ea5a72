import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

struct CardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Raise, explain, lift or confirm a supervision card; case show lists them. 监察牌。",
        subcommands: [Raise.self, Explain.self, Lift.self, Confirm.self, Note.self])

    struct Target: CaseTargeting {
        @Argument(help: "The case.")
        var caseID: String

        @Argument(help: "The card's id.")
        var card: String

        @OptionGroup var action: ActionOptions
    }

    struct Raise: CaseVerb {
        static let configuration = CommandConfiguration(
            abstract: "Raise a card, as the supervisor, for something other than time 非时限监察.")
        @OptionGroup var target: SubjectTarget
        @Option(help: ArgumentHelp("What was broken: \(SupervisionRule.names).", valueName: "rule"))
        var rule: SupervisionRule
        @Option(help: "What shows it.") var evidence: String
        @Option(help: ArgumentHelp("One of \(CardLevel.names).", valueName: "level"))
        var level: CardLevel = .yellow
        @Option(help: "The participant of a joint item that it is about.") var participant: String?
        var command: CaseCommand {
            .supervise(
                .raiseCard(
                    item: target.item, participant: participant, rule: rule, level: level, evidence: evidence))
        }
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

    struct Note: CaseVerb {
        static let configuration = CommandConfiguration(
            abstract: "Note, as the supervisor, what was done about a confirmed red card 问责.")
        @OptionGroup var target: Target
        @Option(help: ArgumentHelp("One of \(AccountabilityMeasure.names).", valueName: "measure"))
        var measure: AccountabilityMeasure
        @Option(help: "What was done.") var note: String
        var command: CaseCommand {
            .supervise(.noteAccountability(card: target.card, measure: measure, note: note))
        }
    }
}

/// Names a case and an item of it, and says who acts.
struct SubjectTarget: CaseTargeting {
    @Argument(help: "The case.")
    var caseID: String

    @Argument(help: "The item's id.")
    var item: String

    @OptionGroup var action: ActionOptions
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// All words of a vocabulary, for a help text.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension SupervisionRule: ExpressibleByArgument {}
extension CardLevel: ExpressibleByArgument {}
extension AccountabilityMeasure: ExpressibleByArgument {}
extension RatedStep: ExpressibleByArgument {}
extension RatingChannel: ExpressibleByArgument {}
extension BadRatingOutcome: ExpressibleByArgument {}
