import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

/// Items that an authority of another level decides.
extension TaskCommand {
    struct Refer: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Hand an examined item with everything to an authority of another level 报上级.")
        @OptionGroup var target: ItemTarget
        @Option(help: "national, provincial, municipal, county or town.") var level: AdministrativeLevel
        @Option(help: "The authority that decides.") var authority: String
        @Option(help: "The opinion that goes with it.") var opinion: String
        @Option(help: "The limit there, such as 20wd.") var within: DayAmount = .working(20)
        func command(for item: ItemState) -> ItemCommand {
            .refer(level: level, authority: authority, opinion: opinion, within: within)
        }
    }

    struct RecordAnswer: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Enter what the authority of another level decided, as it signed it.")
        @OptionGroup var target: ItemTarget
        @Flag(help: "It declined.") var disagree = false
        @Option(help: "Who signed there.") var signer: String
        @Option(help: "Number or title of its document.") var document: String
        @Option(help: "What it says.") var opinion: String = ""
        func command(for item: ItemState) -> ItemCommand {
            .recordAnswer(agrees: !disagree, signer: signer, document: document, opinion: opinion)
        }
    }
}

extension AdministrativeLevel: ExpressibleByArgument {}
extension PowerShift: ExpressibleByArgument {}
