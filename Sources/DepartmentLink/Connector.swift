import Orchestrator
import WorkCalendar

/// How the system of one department is reached (部门对接配置).
public struct Connector: Sendable, Hashable {
    /// The department's id in workflows.
    public var department: String
    /// The name of its queue of messages, and of its door for callbacks: 1 to 64 characters of `[A-Za-z0-9._:-]`.
    public var receiver: String
    /// Where messages are posted to: `https`, or `http` where the address is allowed by name.
    public var url: String
    public var host: String
    public var format: Format
    /// The newest first; all of them sign and verify.
    public var secrets: [WebhookSecret]
    /// Ranges that are not public and may be called all the same.
    public var allowed: [NetworkRange]
    public var timeout: Duration

    /// How a CloudEvent is put into a message.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// All of it in the body, `application/cloudevents+json`.
        case structured
        /// The attributes in headers, the data in the body.
        case binary
    }

    /// Whether the system may be called at an address.
    public func allows(_ address: NetworkAddress) -> Bool {
        address.isPublic || allowed.contains { $0.contains(address) }
    }
}

/// The departments' systems that an office talks to (对接清单).
public struct Connectors: Sendable, Hashable {
    /// In the order of the file.
    public let all: [Connector]

    public init(_ all: [Connector] = []) { self.all = all }

    public func of(department: String) -> Connector? { all.first { $0.department == department } }
    public func of(receiver: String) -> Connector? { all.first { $0.receiver == receiver } }
}

/// What is wrong with a file of connectors, and where.
public struct ConnectorProblem: Error, Sendable, Hashable {
    /// From 1.
    public let line: Int
    /// From 1.
    public let column: Int
    public let text: LocalizedText
}
