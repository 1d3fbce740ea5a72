import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

@Suite("What changed between two versions, in words")
struct WorkflowDifferenceTests {
    private static func read(_ text: String) -> WorkflowDefinition? {
        WorkflowFile.read(text, path: "complete.yaml").value
    }

    private static func words(_ edits: (String, String)..., map: [String: String] = [:]) throws -> [String] {
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
        var edited = text
        for (old, new) in edits {
            try #require(edited.contains(old), "\(old)")
            edited = edited.replacing(old, with: new)
        }
        let reading = WorkflowFile.read(edited, path: "complete.yaml")
        let after = try #require(reading.value, "\(reading.diagnostics)")
        let before = try #require(read(text))
        return WorkflowDifference(from: before, to: after, map: map).changes.map(\.words.en)
    }

    @Test("A version does not differ from itself")
    func nothing() throws {
        for file in try ProjectFiles.files(in: "Workflows", extension: "yaml") {
            let name = file.lastPathComponent
            guard name != "catalogue.yaml" else { continue }
            let workflow = try #require(Self.read(try ProjectFiles.text("Workflows/\(name)")), "\(name)")
            #expect(WorkflowDifference(from: workflow, to: workflow).changes.isEmpty, "\(name)")
        }
    }

    @Test("A shorter limit says from when to when and by how much")
    func limit() throws {
        #expect(
            try Self.words(("limit: 5 wd\n", "limit: 3 wd\n"))
                == ["item “Construction permit” (permit): promised limit 5 wd → 3 wd (2 wd shorter)."])
        #expect(
            try Self.words(("statutory: {limit: 20 wd", "statutory: {limit: 15 wd")).first
                == "item “Construction permit” (permit): statutory limit 20 wd → 15 wd (5 wd shorter).")
    }

    @Test("Departments, waits, chains, materials, participants and targets have sentences of their own")
    func phrases() throws {
        #expect(
            try Self.words(
                (
                    "        kind: approval\n        department: office",
                    "        kind: approval\n        department: housing"
                ))
                == ["item “Construction permit” (permit) moved from office to housing."])
        #expect(
            try Self.words(("after: [entered, {item: permit, type: SS, lag: -2 cd}]", "after: [permit]")) == [
                "item “Joint acceptance” (acceptance): waits permit relation SS → FS."
            ].map { $0.replacing("waits", with: "after") } + [
                "item “Joint acceptance” (acceptance): after permit lag -2 cd → 0 wd.",
                "item “Joint acceptance” (acceptance) no longer waits for entered.",
            ])
        #expect(
            try Self.words(("chain: [handler, reviewer, approver]", "chain: [handler, approver]")) == [
                "item “Construction permit” (permit): reviewer chain shortened from 3 to 2 links "
                    + "(handler, reviewer, approver → handler, approver)."
            ])
        #expect(
            try Self.words(
                (
                    "materials: [plan, {material: photo, minor: true}]",
                    "materials: [{material: plan, minor: true}, {material: photo, minor: true}]"
                )
            )
            .contains("item “Construction permit” (permit): material plan may follow under tolerance."))
        #expect(
            try Self.words(("limit: 50 wd\n    from: entered", "limit: 40 wd\n    from: entered"))
                == ["target “Whole” (whole): promised limit 50 wd → 40 wd (10 wd shorter)."])
    }

    @Test("Items that go on as one are merged, and one that is not asked for any more is named")
    func merged() throws {
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
        let before = try #require(Self.read(text))
        let items = before.items.filter { $0.id != "filing" && $0.id != "record" }
        let closing = Item(
            id: "closing", code: nil, title: LocalizedText(zh: "备案归档", en: "Closing"), kind: .filing,
            department: "housing", clock: .gov, takes: nil, limit: nil, statutory: nil, after: [], when: nil,
            isMilestoneItem: false, handling: .ordinary, tolerance: nil, materials: [], outputs: [], chain: [],
            silence: .escalate, basis: nil, source: nil, joint: nil)
        let stage = before.stages[0]
        let after = WorkflowDefinition(
            id: before.id, version: "2", title: before.title, processType: before.processType, source: before.source,
            calendar: before.calendar, facts: before.facts, appliesWhen: before.appliesWhen,
            departments: before.departments, materials: before.materials, targets: before.targets,
            stages: [
                Stage(
                    id: stage.id, title: stage.title, national: stage.national, lead: stage.lead, budget: stage.budget,
                    closes: stage.closes, source: stage.source, items: items + [closing])
            ], levers: before.levers, simulation: before.simulation)
        let merged = WorkflowDifference(from: before, to: after, map: ["filing": "closing", "record": "closing"])
            .changes
        #expect(
            merged.contains { $0.words.en == "“Filing” (filing), “Record” (record) merged into “Closing” (closing)." })
        #expect(merged.contains { $0.words.zh == "“备案”（filing）、“归档”（record）合并为“备案归档”（closing）。" })
        #expect(!merged.contains { $0.kind == .removed && $0.subject == "item" && $0.path.isEmpty })
        let plain = WorkflowDifference(from: before, to: after).changes
        #expect(
            plain.filter { $0.kind == .removed && $0.subject == "item" && $0.path.isEmpty }.map(\.id) == [
                "filing", "record",
            ])
        #expect(
            plain.contains {
                $0.words.en == "new item “Closing” (closing) in stage “Construction permit”, handled by housing."
            })
    }

    @Test("Whatever is changed in a file, if it changes the version there is a sentence about it")
    func everyField() throws {
        let seed: UInt64 = 5
        var random = SeededGenerator(seed: seed)
        let text = try ProjectFiles.text("Fixtures/complete.yaml")
        let before = try #require(Self.read(text))
        let words = [
            "gov", "tech", "union", "sum", "pert", "triangular", "allMilestoneItems", "ordinary", "instant",
            "deemed-agree", "filing", "FF", "true", "false", "all", "housing", "office", "entered", "permit", "tender",
            "project", "applicant", "review", "inspection", "weekdays", "2", "3 wd", "9 cd", "plan", "form",
        ]
        var told: Set<[String]> = []
        var changed = 0
        for token in Self.scalars(of: text) {
            let value = String(text[token])
            var candidates = [value + "x", words.randomElement(using: &random)!, words.randomElement(using: &random)!]
            if let digit = value.firstIndex(where: \.isNumber), let number = value[digit].wholeNumberValue {
                candidates.append(value.replacingCharacter(at: digit, with: "\((number + 1) % 10)"))
            }
            for candidate in candidates where candidate != value {
                guard let after = Self.read(text.replacingCharacters(in: token, with: candidate)), after != before
                else {
                    continue
                }
                let changes = WorkflowDifference(from: before, to: after).changes
                let place = "seed \(seed): \(value) → \(candidate)"
                #expect(!changes.isEmpty, "\(place)")
                #expect(changes.allSatisfy { $0.words.zh.hasSuffix("。") && $0.words.en.hasSuffix(".") }, "\(place)")
                changed += 1
                told.formUnion(changes.map { [$0.subject] + $0.path })
            }
        }
        #expect(changed > 150 && told.count > 80, "too few changes reached: \(changed), \(told.count) places")
    }

    /// The places of values in a file: what follows a colon, a comma or a bracket.
    private static func scalars(of text: String) -> [Range<String.Index>] {
        var found: [Range<String.Index>] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            var rest = line[...]
            while let start = rest.firstIndex(where: { ":[,{-".contains($0) }) {
                rest = rest[rest.index(after: start)...]
                guard rest.first == " " || line[start] == "[" else { continue }
                let value = rest.drop { $0 == " " }
                let end = value.firstIndex { ",]}\n".contains($0) } ?? value.endIndex
                let token = value[..<end]
                guard !token.isEmpty, !token.contains(where: { ":[{".contains($0) }) else { continue }
                found.append(token.startIndex..<end)
            }
        }
        return found
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with text: String) -> String {
        String(self[..<index]) + text + String(self[self.index(after: index)...])
    }

    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
