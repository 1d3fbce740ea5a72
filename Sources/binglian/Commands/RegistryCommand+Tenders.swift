import ArgumentParser
import CaseEngine
import WorkCalendar

extension RegistryCommand {
    struct TenderCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tender", abstract: "Put a service of an item out to tender 比选竞价.",
            subcommands: [Announce.self, MakeBid.self, WithdrawBid.self, Award.self, CancelTender.self])
    }

    struct ContractCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "contract", abstract: "Contracts of owners and departments with intermediaries 合同网签.",
            subcommands: [SignContract.self, PerformContract.self, EndContract.self])
    }
}

extension RegistryCommand.TenderCommand {
    struct Announce: RegistryVerb {
        static let configuration = CommandConfiguration(
            abstract: "Announce a tender: what is asked, until when, how it is awarded.")

        @Argument(help: "The tender's id.") var tender: String
        @Option(help: "The service.") var service: String
        @Option(help: "The project code.") var project: String
        @Option(help: "The item that the service is for.") var item: String
        @Option(help: "The department that decides the item; a firm that belongs to it is flagged.")
        var department: String?
        @Option(help: "What is asked for, in words.") var ask: String
        @Option(help: "The last day on which bids come in.") var closes: LocalDate
        @Option(help: "The highest price, in yuan.") var ceiling: Money?
        @Option(help: "lowestPrice, bestRating or drawn.") var award: AwardMethod
        @Option(help: "owner, or department where a department commissions.") var payer: Payer
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .tenderAnnounced(
                tender: Tender(
                    id: tender, service: service, project: project, item: item, department: department, asked: ask,
                    closes: closes, ceiling: ceiling, method: award, payer: payer))
        }
    }

    struct MakeBid: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "bid", abstract: "Make a firm's bid, or another in its place, until the tender closes.")

        @Argument(help: "The tender's id.") var tender: String
        @Option(help: "The firm's code.") var firm: String
        @Option(help: "The price, in yuan.") var price: Money
        @Option(help: "Working days for the work.") var days: Int
        @Option(help: "What else the firm says.") var note: String?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .bidMade(bid: Bid(tender: tender, firm: firm, price: price, days: days, note: note))
        }
    }

    struct WithdrawBid: RegistryVerb {
        static let configuration = CommandConfiguration(abstract: "Withdraw a firm's bid before the tender closes.")

        @Argument(help: "The tender's id.") var tender: String
        @Option(help: "The firm's code.") var firm: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .bidWithdrawn(tender: tender, firm: firm) }
    }

    struct Award: RegistryVerb {
        static let configuration = CommandConfiguration(
            abstract: "Award a closed tender by its method, with the reason 定标; the firm is selected by it.")

        @Argument(help: "The tender's id.") var tender: String
        @Option(help: "For a draw: the seed, with which anybody can draw again.") var seed: String?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .tenderAwarded(tender: tender, seed: seed, outcome: nil) }
    }

    struct CancelTender: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "cancel", abstract: "Call a tender off as long as no contract was signed on it.")

        @Argument(help: "The tender's id.") var tender: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .tenderCancelled(tender: tender, reason: reason) }
    }
}

extension RegistryCommand.ContractCommand {
    struct SignContract: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Sign the contract with the selected firm; its days are what the firm promises.")

        @Argument(help: "The contract's number.") var contract: String
        @Option(help: "The firm's code.") var firm: String
        @Option(help: "The project code.") var project: String
        @Option(help: "The item.") var item: String
        @Option(help: "The price, in yuan.") var price: Money
        @Option(help: "Working days for the work.") var days: Int
        @Option(help: "The day on which it was signed; default: the date of the entry.") var signed: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .contractSigned(
                contract: ServiceContract(
                    number: contract, firm: firm, project: project, item: item, signedOn: signed ?? date, price: price,
                    days: days))
        }
    }

    struct PerformContract: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "perform",
            abstract: "The work was done: closes the contract and asks both sides to rate each other.")

        @Argument(help: "The contract's number.") var contract: String
        @Option(help: "The day on which it was done; default: the date of the entry.") var done: LocalDate?
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry {
            .contractPerformed(contract: contract, on: done ?? date)
        }
    }

    struct EndContract: RegistryVerb {
        static let configuration = CommandConfiguration(
            commandName: "end", abstract: "End a contract without performance, with a reason.")

        @Argument(help: "The contract's number.") var contract: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var action: ActionOptions

        func entry(on date: LocalDate) -> RegistryEntry { .contractEnded(contract: contract, reason: reason) }
    }
}

extension AwardMethod: ExpressibleByArgument {}
extension Money: ExpressibleByArgument {}
