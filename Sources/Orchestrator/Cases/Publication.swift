import Crypto
import WorkCalendar
import WorkflowModel

/// A text that cases depend on, as it was published (发布文本).
public struct PublishedText: Sendable, Hashable {
    /// `workflow.` or `calendar.` and the id.
    public let storeID: String
    public let version: String
    public let text: String
    /// SHA-256 of the text.
    public let hash: ChainHash

    private init(storeID: String, version: String, text: String) {
        self.storeID = storeID
        self.version = version
        self.text = text
        guard let hash = ChainHash(Array(SHA256.hash(data: Array(text.utf8)))) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        self.hash = hash
    }

    var stored: StoredDefinition {
        StoredDefinition(id: storeID, version: version, contentHash: hash, bytes: [UInt8](text.utf8))
    }

    public static func workflow(_ workflow: WorkflowDefinition, text: String) -> PublishedText {
        PublishedText(storeID: "workflow.\(workflow.id)", version: workflow.version, text: text)
    }

    public static func calendar(_ calendar: WorkCalendar, text: String) -> PublishedText {
        PublishedText(storeID: "calendar.\(calendar.id)", version: calendar.version, text: text)
    }
}

/// A workflow together with the calendar that it counts on, as cases are opened with them.
public struct Publication: Sendable {
    public let workflow: WorkflowDefinition
    public let workflowText: PublishedText
    public let calendar: WorkCalendar
    /// `nil` for the calendar of plain weekdays, which needs no text.
    public let calendarText: PublishedText?

    public init(workflow: WorkflowDefinition, text: String, calendar: WorkCalendar, calendarText: String?) {
        self.workflow = workflow
        self.workflowText = .workflow(workflow, text: text)
        self.calendar = calendar
        self.calendarText = calendarText.map { .calendar(calendar, text: $0) }
    }

    var texts: [PublishedText] { [workflowText] + (calendarText.map { [$0] } ?? []) }
}
