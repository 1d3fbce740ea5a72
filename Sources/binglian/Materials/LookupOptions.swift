import ArgumentParser
import CaseEngine
import Interchange
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Where materials are looked up that the case does not hold.
struct LookupOptions: ParsableArguments {
    @Option(
        name: .customLong("shared"), parsing: .singleValue,
        help: "REGISTER=FILE: a register of shared data as a CSV file (docs/cli.md); may be given several times.")
    var shared: [RegisterArgument] = []

    @Flag(help: "Take nothing over from other cases, zones or registers.")
    var noLookUp = false

    /// What answers under the names of registers.
    func registers(_ terminal: Terminal) throws -> [String: any SharedDataSource] {
        var registers: [String: any SharedDataSource] = [:]
        for register in shared {
            guard registers[register.name] == nil else {
                throw CommandFailure(
                    zh: "共享数据 \(register.name) 给了两次。", en: "the register \(register.name) is given twice.")
            }
            registers[register.name] = try Self.register(register, terminal)
        }
        return registers
    }

    /// A register in a file.
    static func register(_ register: RegisterArgument, _ terminal: Terminal) throws -> FileRegister {
        let text = try Files(terminal: terminal).text(register.path)
        do {
            return FileRegister(try RegisterFile(text))
        } catch {
            let line = error.line.map { ":\($0)" } ?? ""
            throw CommandFailure(
                zh: "\(register.path)\(line)：\(error.message.zh)。\(error.advice.zh)",
                en: "\(register.path)\(line): \(error.message.en). \(error.advice.en)")
        }
    }
}

/// `REGISTER=FILE`.
struct RegisterArgument: ExpressibleByArgument {
    let name: String
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        (name, path) = (parts[0], parts[1])
    }
}

/// A register in a file (目录文件).
struct FileRegister: SharedDataSource {
    let file: RegisterFile

    init(_ file: RegisterFile) { self.file = file }

    func answer(to query: SharedDataQuery) async throws -> SharedDataAnswer? {
        file.entry(of: query.material, for: [query.owner, query.project].compactMap(\.self)).map {
            SharedDataAnswer(hash: $0.hash, issuedOn: $0.issuedOn, validUntil: $0.validUntil, text: $0.answer)
        }
    }
}
