import Foundation
import Orchestrator
import WorkCalendar
import WorkflowModel

/// Reads the connectors of an office from YAML or JSON:
///
/// ```yaml
/// connectors:
///   - department: fire
///     url: https://fire.example.gov.cn/binglian/events
///     secrets: [env:FIRE_SECRET]
/// ```
public enum ConnectorFile {
    /// Most connectors of one file.
    public static let limit = 500

    public struct Reading: Sendable {
        /// `nil` exactly when there are problems.
        public let connectors: Connectors?
        /// In order of their places.
        public let problems: [ConnectorProblem]
    }

    /// - Parameter secret: the text of a secret that stands elsewhere: `env:NAME`, `file:PATH`.
    public static func read(
        _ text: String, path: String, secret: @escaping (_ source: String) -> String? = { ConnectorFile.secret($0) }
    ) -> Reading {
        let report = Report(SourceText(text, path: path))
        var reader = Reader(secret: secret)
        guard let root = YAMLNode.document(report) else {
            let problems = report.reading(Int?.none).diagnostics.map {
                ConnectorProblem(
                    line: $0.place.span.start.line, column: $0.place.span.start.column, text: $0.message)
            }
            return Reading(connectors: nil, problems: problems)
        }
        let connectors = reader.connectors(root)
        let problems = reader.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        return Reading(connectors: problems.isEmpty ? Connectors(connectors) : nil, problems: problems)
    }

    /// A secret from the environment, from the first line of a file, or as it is written.
    public static func secret(_ source: String) -> String? {
        if source.hasPrefix("env:") { return ProcessInfo.processInfo.environment[String(source.dropFirst(4))] }
        if source.hasPrefix("file:") {
            let text = try? String(contentsOfFile: String(source.dropFirst(5)), encoding: .utf8)
            return text?.split(whereSeparator: \.isNewline).first.map(String.init)
        }
        return source
    }

    private struct Reader {
        let secret: (String) -> String?
        var problems: [ConnectorProblem] = []

        mutating func add(_ span: TextSpan, _ zh: String, _ en: String) {
            problems.append(
                ConnectorProblem(
                    line: span.start.line, column: span.start.column, text: LocalizedText(zh: zh, en: en)))
        }

        mutating func map(_ node: YAMLNode, keys: [String]) -> [String: YAMLNode]? {
            guard case .map(let entries) = node.content else {
                add(node.span, "这里应当是键和值", "keys with values belong here")
                return nil
            }
            var map: [String: YAMLNode] = [:]
            for entry in entries {
                if !keys.contains(entry.key) {
                    let known = keys.joined(separator: ", ")
                    add(entry.keySpan, "没有这个键“\(entry.key)”；可以用：\(known)", "no key '\(entry.key)'; there are: \(known)")
                } else if map.updateValue(entry.value, forKey: entry.key) != nil {
                    add(entry.keySpan, "键“\(entry.key)”重复", "the key '\(entry.key)' stands twice")
                }
            }
            return map
        }

        mutating func connectors(_ root: YAMLNode) -> [Connector] {
            guard let fields = map(root, keys: ["connectors"]) else { return [] }
            guard let list = fields["connectors"], case .list(let nodes) = list.content else {
                add(root.span, "缺少 connectors 列表", "the list 'connectors' is missing")
                return []
            }
            if nodes.count > ConnectorFile.limit {
                add(list.span, "对接多于 \(ConnectorFile.limit) 个", "more than \(ConnectorFile.limit) connectors")
                return []
            }
            var connectors: [Connector] = []
            for node in nodes {
                guard let connector = connector(node) else { continue }
                if connectors.contains(where: { $0.receiver == connector.receiver }) {
                    add(node.span, "接收方“\(connector.receiver)”重复", "the receiver '\(connector.receiver)' stands twice")
                } else if connectors.contains(where: { $0.department == connector.department }) {
                    add(
                        node.span, "部门“\(connector.department)”重复",
                        "the department '\(connector.department)' stands twice")
                } else {
                    connectors.append(connector)
                }
            }
            return connectors
        }

        mutating func connector(_ node: YAMLNode) -> Connector? {
            let before = problems.count
            let keys = ["department", "receiver", "url", "format", "secrets", "allow", "timeout"]
            guard let fields = map(node, keys: keys) else { return nil }
            for key in ["department", "url", "secrets"] where fields[key] == nil {
                add(node.span, "缺少“\(key)”", "'\(key)' is missing")
            }
            let department = fields["department"].map { name($0) } ?? ""
            let receiver = fields["receiver"].map { name($0) } ?? department
            let (url, host) = fields["url"].map { address($0) } ?? ("", "")
            var connector = Connector(
                department: department, receiver: receiver, url: url, host: host, format: .structured, secrets: [],
                allowed: [], timeout: .seconds(10))
            if let format = fields["format"] {
                if let known = format.text.flatMap({ Connector.Format(rawValue: $0) }) {
                    connector.format = known
                } else {
                    add(format.span, "format 是 structured 或 binary", "format is structured or binary")
                }
            }
            if let secrets = fields["secrets"] { connector.secrets = self.secrets(secrets) }
            if let allow = fields["allow"] {
                connector.allowed = texts(allow).compactMap { (text, span) -> NetworkRange? in
                    let range = NetworkRange(text)
                    if range == nil { add(span, "不是地址段，如 10.0.0.0/8", "no range of addresses such as 10.0.0.0/8") }
                    return range
                }
            }
            if let timeout = fields["timeout"] {
                let seconds = timeout.text.flatMap { $0.hasSuffix("s") ? Int($0.dropLast()) : nil }
                if let seconds, (1...60).contains(seconds) {
                    connector.timeout = .seconds(seconds)
                } else {
                    add(timeout.span, "timeout 是 1s 至 60s", "timeout is 1s to 60s")
                }
            }
            return problems.count == before ? connector : nil
        }

        private mutating func name(_ node: YAMLNode) -> String {
            guard let text = node.text, (1...64).contains(text.utf8.count), CommandKey(text) != nil else {
                add(node.span, "应是 1 至 64 个字母、数字或 . _ : -", "1 to 64 letters, digits or . _ : - belong here")
                return ""
            }
            return text
        }

        private mutating func address(_ node: YAMLNode) -> (String, String) {
            guard let text = node.text, text.utf8.count <= 2000, let parts = URLComponents(string: text),
                ["https", "http"].contains(parts.scheme), let host = parts.host, !host.isEmpty, parts.user == nil,
                parts.password == nil, parts.fragment == nil
            else {
                add(
                    node.span, "应是 https:// 或 http:// 开头、不带用户名和 # 的网址",
                    "a URL that begins with https:// or http://, without a user and #, belongs here")
                return ("", "")
            }
            return (text, host)
        }

        private mutating func texts(_ node: YAMLNode) -> [(String, TextSpan)] {
            guard case .list(let nodes) = node.content else {
                add(node.span, "这里应当是列表", "a list belongs here")
                return []
            }
            return nodes.compactMap { (node) -> (String, TextSpan)? in
                guard let text = node.text else {
                    add(node.span, "这里应当是文字", "a text belongs here")
                    return nil
                }
                return (text, node.span)
            }
        }

        private mutating func secrets(_ node: YAMLNode) -> [WebhookSecret] {
            let found = texts(node)
            if !(1...3).contains(found.count) {
                add(node.span, "应有 1 至 3 个密钥", "1 to 3 secrets belong here")
            }
            return found.compactMap { (source, span) -> WebhookSecret? in
                guard let text = secret(source) else {
                    add(
                        span, "找不到密钥：环境变量未设置或文件不可读",
                        "no such secret: the variable is not set or the file cannot be read")
                    return nil
                }
                guard let known = WebhookSecret(text) else {
                    add(
                        span, "密钥应写作 whsec_ 加 24 至 64 字节的 Base64",
                        "a secret is whsec_ and the Base64 of 24 to 64 bytes")
                    return nil
                }
                return known
            }
        }
    }
}
