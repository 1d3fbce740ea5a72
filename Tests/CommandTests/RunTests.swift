import Foundation
import TestSupport
import Testing

@Suite("Running a project from the command line")
struct RunTests {
    @Test("Every shipped workflow completes for its projects, whatever the departments answer", arguments: Shipped.all)
    func completes(_ shipped: Shipped) async throws {
        let binglian = try Binglian()
        for seed in 1...2 {
            let output = try await binglian.run(
                shipped.run(store: "\(seed).db", "--seed", "\(seed)", "--format", "json"))
            let report = try RunReport(output)
            #expect(report.status == "completed", "seed \(seed)")
            #expect(report.items.allSatisfy { $0.actualFinish != nil }, "seed \(seed)")
        }
    }

    @Test("A project whose departments take the likely time keeps every planned date", arguments: Shipped.all)
    func keepsThePlan(_ shipped: Shipped) async throws {
        let binglian = try Binglian()
        for calendar in shipped.isBase ? ["cn", "weekdays"] : ["cn"] {
            let output = try await binglian.run(
                shipped.run(
                    store: "\(calendar).db", "--as-planned", "--calendar", calendar, "--format", "json"))
            let report = try RunReport(output)
            #expect(report.items.count > 5)
            for item in report.items {
                #expect(item.actualStart == item.plannedStart, "\(item.id) on \(calendar)")
                #expect(item.actualFinish == item.plannedFinish, "\(item.id) on \(calendar)")
                #expect(item.delay == 0, "\(item.id) on \(calendar)")
            }
            #expect(report.closedOn == report.plannedFinish)
        }
    }

    @Test("The same seed writes the same log to the byte, another seed another log")
    func seedsDecide() async throws {
        let binglian = try Binglian()
        var logs: [String] = []
        for (store, seed) in [("a.db", "7"), ("b.db", "7"), ("c.db", "8")] {
            _ = try await binglian.run(Shipped("wf-02-all").run(store: store, "--seed", seed)).succeeded()
            logs.append(try await binglian("log", "c", "--store", store, "--format", "jsonl").succeeded())
        }
        #expect(logs[0] == logs[1])
        #expect(logs[0] != logs[2])
    }

    @Test("A run that is over tells the same again and adds nothing")
    func runsAgain() async throws {
        let binglian = try Binglian()
        let arguments = Shipped("wf-09").run(store: "a.db", "--format", "json")
        let first = try await binglian.run(arguments).succeeded()
        #expect(try await binglian.run(arguments).succeeded() == first)
    }

    @Test("A run with other facts, another start or another workflow does not go on with somebody else's case")
    func keepsCasesApart() async throws {
        let binglian = try Binglian()
        _ = try await binglian.run(Shipped("wf-02").run(store: "a.db")).succeeded()
        for other in ["wf-02-all", "wf-03"] {
            let refused = try await binglian.run(Shipped(other).run(store: "a.db"))
            #expect(refused.exitCode == 1)
            #expect(refused.err.contains("(caseAlreadyOpen)"))
        }
        let later = try await binglian.run(
            Shipped("wf-02").run(store: "a.db").map { $0 == "2024-03-01" ? "2024-06-03" : $0 })
        #expect(later.exitCode == 1)
        #expect(later.err.contains("entered on 2024-03-01, not on 2024-06-03"))
    }
}

/// What `run --format json` says, as far as these tests ask.
struct RunReport: Decodable {
    let status: String
    let plannedFinish: String
    let closedOn: String?
    let events: Int
    let items: [Item]

    struct Item: Decodable {
        let id: String
        let plannedStart: String
        let plannedFinish: String
        let actualStart: String?
        let actualFinish: String?
        let delay: Int?
    }

    init(_ output: Binglian.Output) throws {
        self = try JSONDecoder().decode(RunReport.self, from: Data(try output.succeeded().utf8))
    }
}
