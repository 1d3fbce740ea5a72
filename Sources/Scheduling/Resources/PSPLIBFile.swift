import WorkCalendar

/// A project scheduling problem in the format of the library PSPLIB, `.sm`.
///
/// Jobs, their successors, durations, requests for renewable resources and capacities are read; single mode only. The
/// first and the last job are the usual dummies and stay activities.
/// - Source: Kolisch, Sprecher, *PSPLIB – a project scheduling problem library*, EJOR 96 (1997) 205–216,
///   doi:10.1016/S0377-2217(96)00170-1.
public enum PSPLIBFile {
    /// Bytes of the longest file that is read.
    public static let longestText = 16 * 1024 * 1024

    /// What is wrong with a file, and where.
    public struct Failure: Error, Sendable, Hashable {
        /// 1-based; 0 when the file as a whole is meant.
        public let line: Int
        public let message: LocalizedText
    }

    /// - Parameter text: tolerant of white space and of lines that are not known, strict about numbers and counts.
    /// - Throws: `Failure` with the first line that cannot be used.
    public static func read(_ text: String) throws(Failure) -> ResourceProblem {
        guard text.utf8.count <= longestText else {
            throw Failure(
                line: 0,
                message: .init(
                    zh: "文件超过 \(longestText / 1024 / 1024) MiB；请只给出一个算例。",
                    en: "the file is longer than \(longestText / 1024 / 1024) MiB; give one instance."))
        }
        var reader = PSPLIBReader(text)
        return try reader.problem()
    }
}

private struct PSPLIBReader {
    private struct Line {
        let number: Int
        let words: [Substring]
        let text: Substring
    }

    private struct Job {
        var successors: [Int] = []
        var duration: Int?
        var needs: [Int: Int] = [:]
        var line = 0
    }

    private let lines: [Line]
    private var next = 0

    init(_ text: String) {
        var lines: [Line] = []
        var number = 0
        for text in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let words = text.split { $0 == " " || $0 == "\t" || $0 == "\u{1A}" }
            let isRule = text.allSatisfy { $0 == "*" || $0 == "-" || $0 == " " || $0 == "\u{1A}" }
            if !words.isEmpty, !isRule { lines.append(Line(number: number, words: words, text: text)) }
        }
        self.lines = lines
    }

    mutating func problem() throws(PSPLIBFile.Failure) -> ResourceProblem {
        let jobs = try header("jobs", most: ResourceProblem.mostActivities)
        let resources = try header("- renewable", most: ResourceProblem.mostResources)
        for kind in ["- nonrenewable", "- doubly constrained"] {
            guard let line = lines.first(where: { isHeader($0, kind) }) else { continue }
            if try value(of: line) != 0 {
                throw failure(line.number, "只支持可更新资源。", "only renewable resources are supported.")
            }
        }
        var table = [Job](repeating: Job(), count: jobs)
        try section("PRECEDENCE RELATIONS")
        for job in table.indices { try readSuccessors(of: job, into: &table) }
        try section("REQUESTS/DURATIONS")
        for job in table.indices { try readRequests(of: job, resources: resources, into: &table) }
        try section("RESOURCEAVAILABILITIES")
        let capacities = try row(count: resources, "资源数量", "capacities")
        return try make(table, capacities: capacities.numbers, line: capacities.line)
    }

    // MARK: Parts

    private func isHeader(_ line: Line, _ name: String) -> Bool {
        guard let colon = line.text.firstIndex(of: ":") else { return false }
        let words = line.text[..<colon].split(separator: " ").joined(separator: " ")
        return words == name || (name == "jobs" && words.hasPrefix("jobs"))
    }

    private func header(_ name: String, most: Int) throws(PSPLIBFile.Failure) -> Int {
        guard let line = lines.first(where: { isHeader($0, name) }) else {
            throw failure(
                0, "没有“\(name) : 数目”一行，不是 PSPLIB 单模式文件。", "no line '\(name) : number'; this is no PSPLIB file.")
        }
        let count = try value(of: line)
        guard (name == "jobs" ? 1 : 0)...most ~= count else {
            throw failure(
                line.number, "数目 \(count) 超出上限 \(most)。", "\(count) is outside what is read, at most \(most).")
        }
        return count
    }

    private func value(of line: Line) throws(PSPLIBFile.Failure) -> Int {
        guard let colon = line.text.firstIndex(of: ":"),
            let word = line.text[line.text.index(after: colon)...].split(separator: " ").first, let value = Int(word)
        else { throw failure(line.number, "冒号后应是整数。", "a whole number must follow the colon.") }
        return value
    }

    /// Goes to the first row after a title.
    private mutating func section(_ title: String) throws(PSPLIBFile.Failure) {
        guard let at = lines[next...].firstIndex(where: { $0.text.hasPrefix(title) }) else {
            throw failure(0, "没有“\(title)”部分。", "there is no section '\(title)'.")
        }
        next = at + 1
        // One line of column titles.
        if next < lines.count, Int(lines[next].words[0]) == nil { next += 1 }
    }

    /// The next row, all of whole numbers.
    private mutating func row(
        count: Int? = nil, _ zh: String, _ en: String
    ) throws(PSPLIBFile.Failure) -> (numbers: [Int], line: Int) {
        guard next < lines.count else {
            throw failure(lines.last?.number ?? 0, "文件在\(zh)处中断。", "the file ends where \(en) should be.")
        }
        let line = lines[next]
        next += 1
        let numbers = line.words.compactMap { Int($0) }
        guard numbers.count == line.words.count, count == nil || numbers.count == count else {
            throw failure(
                line.number, "这一行应是\(zh)：\(count.map { "\($0) 个" } ?? "")整数。",
                "this line should hold \(en): \(count.map { "\($0) " } ?? "")whole numbers.")
        }
        return (numbers, line.number)
    }

    private mutating func readSuccessors(of job: Int, into table: inout [Job]) throws(PSPLIBFile.Failure) {
        let (numbers, line) = try row("编号、模式数、后续数和后续", "number, modes, count and successors")
        guard numbers.count >= 3, numbers[0] == job + 1 else {
            throw failure(line, "这里应是第 \(job + 1) 个工作。", "job \(job + 1) should be here.")
        }
        guard numbers[1] == 1 else {
            throw failure(
                line, "工作 \(job + 1) 有 \(numbers[1]) 种模式，只支持一种。",
                "job \(job + 1) has \(numbers[1]) modes; one is supported.")
        }
        guard numbers.count == numbers[2] + 3 else {
            throw failure(
                line, "应有 \(numbers[2]) 个后续，实有 \(numbers.count - 3) 个。",
                "\(numbers[2]) successors are announced, \(numbers.count - 3) are here.")
        }
        for successor in numbers[3...] {
            guard 1...table.count ~= successor, successor != job + 1 else {
                throw failure(line, "没有可作后续的工作 \(successor)。", "there is no job \(successor) that could follow.")
            }
            table[job].successors.append(successor - 1)
        }
    }

    private mutating func readRequests(
        of job: Int, resources: Int, into table: inout [Job]
    ) throws(PSPLIBFile.Failure) {
        let (numbers, line) = try row(count: resources + 3, "编号、模式、工期和需求", "number, mode, duration and requests")
        guard numbers[0] == job + 1, numbers[1] == 1 else {
            throw failure(line, "这里应是第 \(job + 1) 个工作的模式 1。", "mode 1 of job \(job + 1) should be here.")
        }
        guard 0...ResourceProblem.longestHorizon ~= numbers[2], numbers[3...].allSatisfy({ $0 >= 0 }) else {
            throw failure(line, "工期和需求不能是负数，也不能过大。", "durations and requests must not be negative or too large.")
        }
        table[job].duration = numbers[2]
        table[job].line = line
        for (resource, units) in numbers[3...].enumerated() where units > 0 { table[job].needs[resource] = units }
    }

    private func make(_ table: [Job], capacities: [Int], line: Int) throws(PSPLIBFile.Failure) -> ResourceProblem {
        do {
            return try ResourceProblem(
                activities: table.enumerated().map { number, job in
                    .init(String(number + 1), duration: job.duration ?? 0, needs: job.needs)
                },
                relations: table.enumerated().flatMap { number, job in
                    job.successors.map { .init(number, $0) }
                },
                resources: capacities.enumerated().map { .init("R\($0 + 1)", capacity: $1) })
        } catch {
            throw PSPLIBFile.Failure(line: place(of: error, in: table) ?? line, message: error.message)
        }
    }

    private func place(of error: ResourceProblemError, in table: [Job]) -> Int? {
        switch error {
        case .needExceedsCapacity(_, _, _, let id), .needOutOfRange(_, let id), .periodOutOfRange(_, let id):
            Int(id).map { table[$0 - 1].line }
        default: nil
        }
    }

    private func failure(_ line: Int, _ zh: String, _ en: String) -> PSPLIBFile.Failure {
        PSPLIBFile.Failure(line: line, message: .init(zh: zh, en: en))
    }
}
