import ArgumentParser
import CaseEngine
import WorkCalendar
import WorkflowModel

extension RegistryCommand {
    struct OwnerEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "owner", abstract: "Register an owner 建设单位 and the persons behind it.")

        @Argument(help: "The unified social credit code.") var code: String
        @Option(help: "The name, in Chinese as cases have it.") var title: String
        @Flag(help: "It is a real-estate developer.") var developer = false
        @Option(
            name: .customLong("person"), parsing: .singleValue,
            help: "RELATION:NAME or RELATION:NAME:NUMBER, with legalRepresentative, shareholder or executive.")
        var persons: [PersonArgument] = []
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .ownerRegistered(
                owner: OwnerRecord(
                    code: code, name: title, isDeveloper: developer, persons: persons.map(\.person)))
        }
    }

    struct GradeOwner: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "grade", abstract: "Enter an owner's credit grade.")

        @Argument(help: "The owner's code or name.") var owner: String
        @Argument(help: "AAA, AA, A, B, C or D.") var grade: CreditGrade
        @Option(help: "Who graded it, and when.") var source: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .ownerGraded(owner: owner, grade: grade, source: source) }
    }

    struct ListEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Put an owner, a person or an intermediary on the red or black list.")

        @Argument(help: "owner:CODE, person:NAME-OR-NUMBER or firm:CODE.") var subject: SubjectArgument
        @Option(help: "red or black.") var list: CreditList
        @Option(help: "Why.") var reason: String
        @Option(help: "The last day; without one, until it is taken off.") var until: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .listed(subject: subject.subject, listing: Listing(list: list, reason: reason, until: until))
        }
    }

    struct UnlistEntry: RegistryVerb {
        static let configuration = CommandConfiguration(commandName: "unlist", abstract: "Take somebody off a list.")

        @Argument(help: "owner:CODE, person:NAME-OR-NUMBER or firm:CODE.") var subject: SubjectArgument
        @Option(help: "red or black.") var list: CreditList
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .unlisted(subject: subject.subject, list: list, reason: reason)
        }
    }

    struct BreachEntry: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "breach",
            abstract: "Record a breach that no case reported; those of cases are entered by themselves.")

        @Argument(help: "The owner's code or name; of a lateService the firm's code.") var owner: String
        @Option(help: "tolerance, commitment, lateService or other.") var kind: BreachKind
        @Option(name: .customLong("case"), help: "The case.") var caseID: String
        @Option(help: "The number of the event in the case that shows it.") var sequence: Int
        @Option(help: "The item's id.") var item: String
        @Option(help: "The day of the breach; default: the date of the entry.") var day: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .breachRecorded(
                breach: Breach(
                    owner: owner, kind: kind, caseID: caseID, sequence: sequence, item: item, on: day ?? date))
        }
    }

    struct ClearBreach: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Clear a breach 信用修复; it is not recorded again.")

        @Argument(help: "The breach: CASE.SEQUENCE.") var breach: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .breachCleared(breach: breach, reason: reason) }
    }
}

/// `RELATION:NAME` or `RELATION:NAME:NUMBER`.
struct PersonArgument: ExpressibleByArgument {
    let person: LinkedPerson

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let relation = LinkedPerson.Relation(rawValue: parts[0]) else { return nil }
        person = LinkedPerson(name: parts[1], number: parts.count > 2 ? parts[2] : nil, relation: relation)
    }
}

/// `owner:CODE`, `person:NAME` or `firm:CODE`.
struct SubjectArgument: ExpressibleByArgument {
    let subject: CreditSubject

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "owner": subject = .owner(parts[1])
        case "person": subject = .person(parts[1])
        case "firm": subject = .firm(parts[1])
        default: return nil
        }
    }
}
