import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

extension RegistryCommand {
    struct FirmEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "firm", abstract: "Register an intermediary 中介机构 with its services and qualifications.")

        @Argument(help: "The unified social credit code.") var code: String
        @Option(help: "The name.") var title: String
        @Option(
            name: .customLong("service"), parsing: .singleValue,
            help: "SERVICE|TIME|FEE|STANDARD, the three promises; may be given several times.")
        var services: [ServiceArgument] = []
        @Option(
            name: .customLong("qualification"), parsing: .singleValue,
            help: "NAME|FROM|UNTIL or NAME|FROM|UNTIL|SERVICE,…; may be given several times.")
        var qualifications: [QualificationArgument] = []
        @Option(help: "AAA, AA, A, B, C or D.") var grade: CreditGrade?
        @Option(
            name: .customLong("affiliation"), parsing: .singleValue,
            help: "A department that it belongs to; may be given several times.")
        var affiliations: [String] = []
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .firmRegistered(
                firm: Firm(
                    code: code, name: title, services: services.map(\.service),
                    qualifications: qualifications.map(\.qualification), grade: grade, affiliations: affiliations))
        }
    }

    struct SelectFirm: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "select", abstract: "Log who chose which intermediary, how, and who pays.")

        @Argument(help: "The firm's code.") var firm: String
        @Option(help: "The service.") var service: String
        @Option(help: "The project code.") var project: String
        @Option(help: "The item that the service is for.") var item: String
        @Option(help: "The department that decides the item; a firm that belongs to it is flagged.")
        var department: String?
        @Option(help: "ownChoice, bidding, tender or procurement.") var method: SelectionMethod
        @Option(help: "owner, or department where a department commissions.") var payer: Payer
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .firmSelected(
                selection: FirmSelection(
                    firm: firm, service: service, project: project, item: item, department: department,
                    method: method, payer: payer))
        }
    }

    struct RateEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "rate", abstract: "Rate an intermediary, or the owner by its intermediary 双向评价.")

        @Argument(help: "The firm's code.") var firm: String
        @Option(help: "Who is rated: firm or owner.") var rated: FirmRating.Side
        @Option(help: "The project code.") var project: String
        @Option(help: "The item.") var item: String
        @Option(help: "1 very satisfied to 5 very dissatisfied.") var score: Int
        @Option(help: "A comment.") var comment: String = ""
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .rated(
                rating: FirmRating(
                    rated: rated, firm: firm, project: project, item: item, score: score, comment: comment))
        }
    }

    struct AssessRegion: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "assess", abstract: "Record a regional assessment 区域评估.")

        @Argument(help: "The record's id.") var id: String
        @Option(help: "What was assessed.") var topic: String
        @Option(
            name: .customLong("fact"), parsing: .singleValue,
            help: "A fact that projects may claim by it, such as regionAssessed; may be given several times.")
        var facts: [String] = []
        @Option(
            name: .customLong("material"), parsing: .singleValue,
            help: "A material that it stands for in every project of the zone; may be given several times.")
        var materials: [String] = []
        @Option(
            name: .customLong("standard"), parsing: .singleValue,
            help: "A control value, such as 'floorAreaRatio<=2.5' or '0.3<=greenRatio<=1'; may be given several times.")
        var standards: [StandardArgument] = []
        @Option(help: "Hash of the document.") var hash: String?
        @Option(name: .customLong("zone"), parsing: .singleValue, help: "A zone; may be given several times.")
        var zones: [String]
        @Option(help: "Number or title of the approval.") var document: String
        @Option(help: "The first day; default: the date of the entry.") var from: LocalDate?
        @Option(help: "The last day.") var until: LocalDate
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .regionAssessed(
                assessment: RegionalAssessment(
                    id: id, topic: topic, facts: facts, zones: zones, document: document, from: from ?? date,
                    until: until, materials: materials.isEmpty ? nil : materials, hash: hash,
                    standards: standards.isEmpty ? nil : standards.map(\.standard)))
        }

        func validate() throws {
            if facts.isEmpty, materials.isEmpty { throw ValidationError("give --fact or --material") }
        }
    }

    struct WithdrawAssessment: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Withdraw a regional assessment.")

        @Argument(help: "The record's id.") var assessment: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .assessmentWithdrawn(assessment: assessment, reason: reason) }
    }

    struct PlaceProject: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "place", abstract: "Say in which zone a project lies, and which facts that allows.")

        @Argument(help: "The project code.") var project: String
        @Option(help: "The zone.") var zone: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .projectPlaced(project: project, zone: zone) }
    }
}

/// `SERVICE|TIME|FEE|STANDARD`.
struct ServiceArgument: ExpressibleByArgument {
    let service: FirmService

    init?(argument: String) {
        let parts = argument.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let time = DayAmount(argument: parts[1]) else { return nil }
        service = FirmService(service: parts[0], time: time, fee: parts[2], standard: parts[3])
    }
}

/// `NAME|FROM|UNTIL` or `NAME|FROM|UNTIL|SERVICE,…`.
struct QualificationArgument: ExpressibleByArgument {
    let qualification: Qualification

    init?(argument: String) {
        let parts = argument.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard (3...4).contains(parts.count), let from = LocalDate(parts[1]), let until = LocalDate(parts[2]) else {
            return nil
        }
        let services = parts.count == 4 ? parts[3].split(separator: ",").map(String.init) : []
        qualification = Qualification(name: parts[0], services: services, from: from, until: until)
    }
}
