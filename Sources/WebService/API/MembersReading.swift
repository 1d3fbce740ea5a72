import HTTPTypes
import WorkCalendar
import WorkflowModel

/// The members of a JSON object that came from outside, each of the kind it has to be (读取字段).
struct MembersReading {
    private let members: [String: JSONText]

    /// - Throws: `Problem` when it is no object, or has a member that nobody asked for.
    init(_ json: JSONText, known: Set<String>) throws {
        guard case .object(let all) = json else {
            throw Problem.unprocessable("objectWanted", "内容应是一个 JSON 对象。", "The content is to be a JSON object.")
        }
        for member in all where !known.contains(member.key) {
            throw Problem.unprocessable(
                "unknownMember", "不认识 /\(member.key) 这个字段。请核对拼写，或去掉它。",
                "The member /\(member.key) is unknown. Check its spelling, or leave it out.")
        }
        members = Dictionary(all.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private static func missing(_ name: String) -> Problem {
        .unprocessable("memberMissing", "缺少 /\(name)。", "/\(name) is missing.")
    }

    private static func unreadable(_ name: String) -> Problem {
        .unprocessable(
            "memberUnreadable", "/\(name) 的值读不懂。请对照接口说明改正。",
            "The value of /\(name) cannot be read. Compare it with the description of the interface.")
    }

    private func value(_ name: String) -> JSONText? { members[name].flatMap { $0 == .null ? nil : $0 } }

    func optionalText(_ name: String) throws -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text)?:
            guard !text.allSatisfy(\.isWhitespace), text.utf8.count <= 10_000 else { throw Self.unreadable(name) }
            return text
        default: throw Self.unreadable(name)
        }
    }

    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw Self.missing(name) }
        return text
    }

    func object(_ name: String) throws -> JSONText {
        guard let value = value(name) else { throw Self.missing(name) }
        guard case .object = value else { throw Self.unreadable(name) }
        return value
    }

    func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        switch value(name) {
        case nil: return nil
        case .integer(let number)? where range.contains(number): return number
        default: throw Self.unreadable(name)
        }
    }

    func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        switch value(name) {
        case nil: return nil
        case .integer(let number)? where range.contains(Double(number)): return Double(number)
        case .number(let number)? where range.contains(number): return number
        default: throw Self.unreadable(name)
        }
    }

    func date(_ name: String) throws -> LocalDate? {
        guard let text = try optionalText(name) else { return nil }
        guard let date = LocalDate(text) else { throw Self.unreadable(name) }
        return date
    }

    func texts(_ name: String) throws -> [String] {
        switch value(name) {
        case nil: return []
        case .array(let elements)? where elements.count <= 1000:
            return try elements.map { element in
                guard case .string(let text) = element else { throw Self.unreadable(name) }
                return text
            }
        default: throw Self.unreadable(name)
        }
    }

    func flag(_ name: String) throws -> Bool? {
        switch value(name) {
        case nil: return nil
        case .bool(let flag)?: return flag
        default: throw Self.unreadable(name)
        }
    }
}

/// A project that came as JSON: the members of a project file, read and checked as the file is.
enum ProjectReading {
    static func read(_ json: JSONText, for workflow: WorkflowDefinition) throws -> (Project, [String: FactValue]) {
        // Without its code it could be any kind of file.
        _ = try MembersReading(json, known: ["project", "title", "owner", "facts", "works"]).text("project")
        let reading = ProjectFile.read(json.pretty, path: "project")
        guard let file = reading.value else { throw problem(reading.diagnostics) }
        let facts = file.facts(for: workflow)
        guard let known = facts.value else { throw problem(facts.diagnostics) }
        return (file.project, known)
    }

    private static func problem(_ diagnostics: [Diagnostic]) -> Problem {
        let first = diagnostics.first { $0.severity == .error } ?? diagnostics.first
        let hint = first?.hints.first
        return Problem(
            .unprocessableContent, "projectUnreadable",
            LocalizedText(zh: "项目信息有错误", en: "The project has mistakes"),
            LocalizedText(
                zh: (first?.message.zh ?? "") + (hint.map { "。" + $0.zh } ?? ""),
                en: (first?.message.en ?? "") + (hint.map { ". " + $0.en } ?? "")),
            more: [.init("diagnostics", .raw(Diagnostic.json(diagnostics)))])
    }
}
