import Testing
import WorkCalendar
import WorkflowModel

@testable import CaseEngine

@Suite("Project codes from the platform")
struct ProjectCodeTests {
    static func opening(_ source: ProjectCodeSource?) -> CaseOpening {
        let plain = Story(.make([.make("permit")])).opening
        return CaseOpening(
            project: plain.project, title: plain.title, owner: nil, workflow: plain.workflow, version: plain.version,
            definition: plain.definition, calendar: plain.calendar, calendarVersion: plain.calendarVersion, facts: [:],
            codeSource: source)
    }

    static func source(_ code: String) -> ProjectCodeSource {
        ProjectCodeSource(register: "tzxm", asked: "2024-03-01", code: code, answer: "12")
    }

    @Test("A case opens under the platform's code, and where it came from stands in the event, as Foundation writes it")
    func kept() throws {
        let plain = Self.opening(nil)
        let coded = Self.opening(Self.source(plain.project))
        var story = Story(.make([.make("permit")]))
        try story.act("2024-03-01", .owner, .open(coded))
        #expect(story.state.opening?.codeSource == Self.source(plain.project))
        let event = try #require(story.events.first)
        let read = try CaseEvent(kind: event.kind.rawValue, schema: CaseEvent.schema, payload: event.payload)
        #expect(read == event)
        #expect(event.words.en.hasSuffix("project code from tzxm, asked on 2024-03-01: 12"))
    }

    @Test("Another code than the platform's is refused, and so is one that is none")
    func refused() {
        let story = Story(.make([.make("permit")]))
        let project = Self.opening(nil).project
        #expect(
            story.rejection("2024-03-01", .owner, .open(Self.opening(Self.source("2403-500107-04-01-123457"))))
                == .otherProjectCode(given: project, registered: "2403-500107-04-01-123457", register: "tzxm"))
        #expect(
            story.rejection("2024-03-01", .owner, .open(Self.opening(Self.source("x"))))?.code == "otherProjectCode")
    }
}
