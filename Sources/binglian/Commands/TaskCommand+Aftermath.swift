import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

/// Promises, and what follows a decision.
extension TaskCommand {
    struct Commit: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Sign the promise 签署承诺书: decided at once, checked later.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Who signs for the applicant.") var signer: String
        func command(for item: ItemState) -> ItemCommand { .commit(signer: signer) }
    }

    struct DeclineCommitment: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Choose the ordinary way instead of a promise.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .declineCommitment }
    }

    struct BeginReview: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Begin, as the department, where the clock starts with it 部门开始办理.")
        @OptionGroup var target: ItemTarget
        func command(for item: ItemState) -> ItemCommand { .beginReview }
    }

    struct ScheduleProcedure: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Name the date of a special procedure 马上响应.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The date.") var date: LocalDate
        func command(for item: ItemState) -> ItemCommand { .scheduleProcedure(date: date) }
    }

    struct ReviewLegality: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Review a refusal before it is made 法制审核.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The opinion.") var opinion: String
        @Flag(help: "The refusal would not be lawful.") var disagree = false
        func command(for item: ItemState) -> ItemCommand { .reviewLegality(agrees: !disagree, opinion: opinion) }
    }

    struct Deliver: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Let what was issued reach the applicant 送达.")
        @OptionGroup var target: ItemTarget
        @Option(help: "window, courier or electronic.") var method: DeliveryMethod = .window
        @Option(help: "The courier's tracking number.") var tracking: String?
        @Option(help: "Who receives it.") var recipient: String
        func command(for item: ItemState) -> ItemCommand {
            .deliver(method: method, tracking: tracking, recipient: recipient)
        }
    }

    struct HandOut: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Hand out what a department wrote to the applicant, as the window 窗口转达.")
        @OptionGroup var target: ItemTarget
        @Option(help: "correction, supplement or rectification; default: the one that waits.")
        var notice: CaseNotice.Kind?
        @Option(help: "Who receives it.") var recipient: String
        func command(for item: ItemState) -> ItemCommand {
            .handOut(notice: notice ?? item.waitingLetter?.notice ?? .correction, recipient: recipient)
        }
    }

    struct Acknowledge: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Acknowledge a result, as the department that supervises it 审管衔接.")
        @OptionGroup var target: ItemTarget
        @Option(help: "A note.") var note: String = ""
        func command(for item: ItemState) -> ItemCommand { .acknowledge(note: note) }
    }

    struct DrawCheck: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Enter that the item was drawn for a check 双随机抽查; binglian spot-check draws.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The seed of the draw.") var seed: String
        @Option(help: "From how many it was drawn.") var population: Int
        @Option(
            name: .customLong("inspector"), parsing: .singleValue, help: "An inspector who was drawn; two at least.")
        var inspectors: [String]
        @Option(help: "The time for the check, such as 20wd.") var within: DayAmount = .working(20)
        func command(for item: ItemState) -> ItemCommand {
            .drawCheck(seed: seed, population: population, inspectors: inspectors, within: within)
        }
    }

    struct FindBreach: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Enter that a promise was not kept 核查不符承诺.")
        @OptionGroup var target: ItemTarget
        @Option(help: "What was found.") var finding: String
        @Option(help: "The time to put it right, such as 10wd; default: the item's.") var within: DayAmount?
        func command(for item: ItemState) -> ItemCommand { .findBreach(finding: finding, within: within) }
    }

    struct ReportRectified: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Say, as the applicant, that a breach is put right 整改.")
        @OptionGroup var target: ItemTarget
        @Option(help: "What was done.") var note: String
        func command(for item: ItemState) -> ItemCommand { .reportRectified(note: note) }
    }

    struct Appeal: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Contest a refusal, a non-admission or a revocation 行政复议、行政诉讼.")
        @OptionGroup var target: ItemTarget
        @Option(help: "reconsideration or court.") var route: AppealRoute
        @Option(help: "The grounds.") var grounds: String
        func command(for item: ItemState) -> ItemCommand { .appeal(route: route, grounds: grounds) }
    }

    struct DecideAppeal: ItemVerb {
        static let configuration = CommandConfiguration(abstract: "Enter what became of an appeal 复议、诉讼结果.")
        @OptionGroup var target: ItemTarget
        @Option(help: "upheld, annulled or withdrawn.") var outcome: AppealOutcome
        @Option(help: "The reason.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .decideAppeal(outcome: outcome, reason: reason) }
    }

    struct ExtendPermit: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Extend a permit before it lapses 许可延期.")
        @OptionGroup var target: ItemTarget
        @Option(help: "Why.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .extendPermit(reason: reason) }
    }
}

extension DeliveryMethod: ExpressibleByArgument {}
extension AppealRoute: ExpressibleByArgument {}
extension AppealOutcome: ExpressibleByArgument {}
