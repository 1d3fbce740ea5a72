import Foundation
import Testing

@Suite("Several processes on one store")
struct ConcurrencyTests {
    @Test("Runs of different cases at the same moment come to the logs that they have alone")
    func differentCases() async throws {
        let binglian = try Binglian()
        let names = ["wf-09", "wf-12", "wf-03", "wf-11"]
        let together = try names.map { name in
            let shipped = Shipped(name)
            return try binglian.start(
                shipped.run(store: "together.db").map { $0 == "c" ? name : $0 })
        }
        for running in together { _ = try await running.output().succeeded() }
        for name in names {
            _ = try await binglian.run(Shipped(name).run(store: "alone.db").map { $0 == "c" ? name : $0 }).succeeded()
            let logs = try await [
                binglian("log", name, "--store", "together.db", "--format", "jsonl").succeeded(),
                binglian("log", name, "--store", "alone.db", "--format", "jsonl").succeeded(),
            ]
            #expect(logs[0] == logs[1], "\(name)")
        }
        let audit = try await binglian("audit", "verify", "--store", "together.db").succeeded()
        #expect(audit.split(separator: "\n").count == names.count)
    }

    @Test("Two processes that run the same case help each other to the log of one")
    func sameCase() async throws {
        let binglian = try Binglian()
        let arguments = Shipped("wf-02-all").run(store: "together.db", "--seed", "3")
        let both = try [binglian.start(arguments), binglian.start(arguments)]
        for running in both { _ = try await running.output().succeeded() }
        _ = try await binglian.run(Shipped("wf-02-all").run(store: "alone.db", "--seed", "3")).succeeded()
        let logs = try await [
            binglian("log", "c", "--store", "together.db", "--format", "jsonl").succeeded(),
            binglian("log", "c", "--store", "alone.db", "--format", "jsonl").succeeded(),
        ]
        #expect(logs[0] == logs[1])
    }

    @Test("Of several people who do the same thing at the same moment one has done it and the others are told")
    func race() async throws {
        let binglian = try Binglian()
        let shipped = Shipped("wf-09")
        for round in 1...4 {
            let store = "\(round).db"
            _ = try await binglian(
                "case", "open", shipped.workflow, "--facts", shipped.project, "--start", "2024-03-01", "--id", "c",
                "--store", store
            ).succeeded()
            let rivals = try (1...4).map { rival in
                try binglian.start([
                    "task", "begin", "c", "design-commitment", "--as", "applicant", "--name", "rival \(rival)", "--on",
                    "2024-03-01", "--store", store,
                ])
            }
            var won = 0
            for rival in rivals {
                let output = try await rival.output()
                if output.exitCode == 0 {
                    won += 1
                } else {
                    #expect(output.exitCode == 1)
                    #expect(output.err.contains("(notNow)"), "\(output.err)")
                }
            }
            #expect(won == 1)
            let log = try await binglian("log", "c", "--store", store).succeeded()
            #expect(log.split(separator: "\n").count { $0.contains("rival") } == 1)
            _ = try await binglian("audit", "verify", "--store", store).succeeded()
        }
    }

    @Test("The same command sent by several processes under one key happens once and has one answer")
    func sameKey() async throws {
        let binglian = try Binglian()
        let shipped = Shipped("wf-09")
        _ = try await binglian(
            "case", "open", shipped.workflow, "--facts", shipped.project, "--start", "2024-03-01", "--id", "c",
            "--store", "a.db"
        ).succeeded()
        let copies = try (1...4).map { _ in
            try binglian.start([
                "task", "begin", "c", "design-commitment", "--as", "applicant", "--on", "2024-03-01", "--key", "once",
                "--store", "a.db", "--format", "json",
            ])
        }
        var answers: Set<String> = []
        var fresh = 0
        for copy in copies {
            let answer = try await copy.output().succeeded()
            fresh += answer.contains("\"repeated\":false") ? 1 : 0
            answers.insert(answer.replacing("\"repeated\":true", with: "\"repeated\":false"))
        }
        #expect(fresh == 1)
        #expect(answers.count == 1)
    }
}
