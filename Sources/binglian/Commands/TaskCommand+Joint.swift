import ArgumentParser
import CaseEngine
import WorkCalendar

/// `PARTICIPANT: TEXT`, a point as its participant raised it.
struct QuotedPoint: ExpressibleByArgument {
    let point: ParticipantPoint

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        point = ParticipantPoint(participant: parts[0], point: Point(String(parts[1].drop { $0 == " " })))
    }
}

/// `PARTICIPANT: NAME, NAME`, the officers who came and signed.
struct SignedArgument: ExpressibleByArgument {
    let participant: String
    let officers: [String]

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        participant = parts[0]
        officers = parts[1].split { $0 == "," || $0 == "、" }.map { name in
            String(name.drop { $0 == " " })
        }
    }
}

extension TaskCommand {
    struct ProposeVisit: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Propose a date for the participants to meet 约定到场, the next working day at the earliest.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The date, a working day.") var date: LocalDate
        @Flag(help: "They meet remotely 远程勘验.") var remote = false
        func command(for item: ItemState) -> ItemCommand { .proposeVisit(date: date, remote: remote) }
    }

    struct AnswerVisit: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Say on which dates a participant can come; the proposed one confirms it.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The participant's id.") var participant: String
        @Option(name: .customLong("date"), parsing: .singleValue, help: "A date; may be given several times.")
        var dates: [LocalDate] = []
        func command(for item: ItemState) -> ItemCommand { .answerVisit(participant: participant, dates: dates) }
    }

    struct RecordVisit: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Record on the agreed date who signed 到场记录; those not named were absent.",
            discussion: """
                An inspection is written down in its six steps: --commitment, --guidance and --record in words; staff, \
                findings and signatures in --signed and --fail.
                """)
        @OptionGroup var target: ItemTarget
        @Option(
            parsing: .singleValue,
            help: "PARTICIPANT: NAME, NAME; at least two officers on site; may be given several times.")
        var signed: [SignedArgument] = []
        @Option(
            name: .customLong("fail"), parsing: .singleValue,
            help: "PARTICIPANT: TEXT, what a participant found; may be given several times.")
        var failures: [QuotedPoint] = []
        @Option(
            parsing: .singleValue,
            help: "A participant who came and took no position on the spot; may be given several times.")
        var unsigned: [String] = []
        @Option(help: "The commitment 告知承诺.") var commitment: String?
        @Option(help: "The guidance before the certificate 证前指导.") var guidance: String?
        @Option(help: "The record of the site 现场记录.") var record: String?

        func validate() throws {
            for failure in failures where !signed.contains(where: { $0.participant == failure.point.participant }) {
                throw ValidationError(
                    "'\(failure.point.participant)' found something and has to sign: add it to --signed")
            }
        }

        func command(for item: ItemState) -> ItemCommand {
            let votes = signed.map { entry in
                let points = failures.map(\.point).filter { $0.participant == entry.participant }.map(\.point)
                return VisitVote(
                    participant: entry.participant, verdict: points.isEmpty ? .pass : .fail(points: points),
                    officers: entry.officers)
            }
            let texts = [commitment, guidance, record]
            let written = texts.contains { $0 != nil }
            return .recordVisit(
                votes: votes, unsigned: unsigned,
                record: written
                    ? VisitRecord(commitment: commitment ?? "", guidance: guidance ?? "", record: record ?? "") : nil)
        }
    }

    struct MarkConflict: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Mark two points that cannot both be observed 意见冲突, as the lead.")
        @OptionGroup var target: ItemTarget
        @Option(help: "PARTICIPANT: TEXT as raised.") var first: QuotedPoint
        @Option(help: "PARTICIPANT: TEXT as raised.") var second: QuotedPoint
        func command(for item: ItemState) -> ItemCommand { .markConflict(first: first.point, second: second.point) }
    }

    struct ResolveConflict: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Say what holds of two conflicting points, before the opinions are merged.")
        @OptionGroup var target: ItemTarget
        @Option(help: "The number of the conflict.") var number: Int
        @Option(help: "What holds, in words.") var resolution: String
        func command(for item: ItemState) -> ItemCommand { .resolveConflict(number: number, resolution: resolution) }
    }

    struct Reopen: ItemVerb {
        static let configuration = CommandConfiguration(
            abstract: "Change documents after the opinions or the grant 变更; those who looked at them look again.")
        @OptionGroup var target: ItemTarget
        @OptionGroup var materials: MaterialOptions
        @Option(help: "Why.") var reason: String
        func command(for item: ItemState) -> ItemCommand { .reopen(materials: materials.supplied, reason: reason) }
    }
}
