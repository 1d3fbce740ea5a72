import Foundation
import Planning
import TestSupport
import Testing
import WorkCalendar
import WorkflowModel

@Suite("Documents for applicants")
struct OfficeDocumentTests {
    /// A shipped workflow with one of its fictional projects.
    struct Sample: CustomTestStringConvertible {
        let path: String
        var testDescription: String { path }

        func read() throws -> (plan: Plan, project: Project) {
            let text = try ProjectFiles.text(path)
            let file = try #require(ProjectFile.read(text, path: path).value)
            let number = path.dropFirst("Fixtures/projects/".count).prefix(5)
            let name = try #require(
                try ProjectFiles.files(in: "Workflows", extension: "yaml").first {
                    $0.lastPathComponent.hasPrefix(number)
                }?.lastPathComponent)
            let workflow = try #require(
                WorkflowFile.read(try ProjectFiles.text("Workflows/\(name)"), path: name).value)
            let facts = try #require(file.facts(for: workflow).value)
            let divided = workflow.divided(into: file.project.works, facts: facts)
            return (Plan.resolve(divided, facts: facts), file.project)
        }

        static func all() throws -> [Sample] {
            try ProjectFiles.files(in: "Fixtures/projects", extension: "yaml").map {
                Sample(path: "Fixtures/projects/\($0.lastPathComponent)")
            }
        }
    }

    private func catalogue() throws -> ItemCatalogue { try Self.municipal.get() }

    private static let municipal = Result {
        let path = "Workflows/items/municipal.yaml"
        return try #require(ItemCatalogueFile.read(try ProjectFiles.text(path), path: path).value).catalogue
    }

    private let date = LocalDate(year: 2026, month: 1, day: 5)!  // a date that exists

    @Test("A notice has each document of a stage once, with all that use it", arguments: try Sample.all())
    func notice(sample: Sample) throws {
        let (plan, project) = try sample.read()
        var taken: [(national: Int, materials: Set<String>)] = []
        for stage in plan.asWorkflow.stages where stage.items.contains(where: \.isApplication) {
            let notice = try #require(
                StageNotice(plan, stage: stage.id, project: project, catalogue: try catalogue()))
            let items = stage.items.filter(\.isApplication)
            #expect(notice.items.map(\.id) == items.map(\.id))
            #expect(notice.demands == items.reduce(0) { $0 + $1.materials.count })
            let ids = notice.materials.map(\.material.id)
            #expect(Set(ids).count == ids.count)
            #expect(Set(ids) == Set(items.flatMap { $0.materials.map(\.material) }))
            let issued = Set(
                plan.asWorkflow.items.filter { $0.isApplication || $0.clock == .special }.flatMap(\.outputs))
            for entry in notice.materials {
                let users = items.filter { item in item.materials.contains { $0.material == entry.material.id } }
                #expect(entry.items == users.map(\.id))
                let before = taken.contains { $0.national < stage.national && $0.materials.contains(entry.material.id) }
                #expect(!entry.isToBring || (!issued.contains(entry.material.id) && !before))
                if entry.material.isMinor {
                    #expect(
                        users.allSatisfy { $0.materials.contains { $0.material == entry.material.id && $0.isMinor } })
                }
            }
            taken.append((stage.national, Set(ids)))
        }
        #expect(!taken.isEmpty)
    }

    @Test("A form has each field once; what an earlier form has is not asked again", arguments: try Sample.all())
    func form(sample: Sample) throws {
        let (plan, project) = try sample.read()
        let catalogue = try catalogue()
        var collected: [FilledForm] = []
        var answered: Set<String> = []
        for stage in plan.asWorkflow.stages where stage.items.contains(where: \.isApplication) {
            let form = try #require(
                StageForm(
                    plan, stage: stage.id, project: project, catalogue: catalogue, collected: collected, on: date))
            let ids = form.entries.map(\.field.id)
            #expect(Set(ids).count == ids.count)
            #expect(form.demands == form.entries.reduce(0) { $0 + $1.items.count })
            #expect(form.entries.first { $0.field.id == "project-code" }?.answer.value == project.code)
            for entry in form.entries where answered.contains(entry.field.id) { #expect(!entry.answer.isMissing) }
            // The applicant fills in all that is missing, and the JSON is read again as the form of this stage.
            answered.formUnion(ids)
            let missing = form.entries.filter(\.answer.isMissing).map { "  \($0.field.id): x" }
            let text = """
                form: "\(stage.id)"
                on: 2026-01-02
                answers:
                  none: x
                \(missing.joined(separator: "\n"))
                """
            collected.append(try #require(FilledForm.read(text, path: "a").value))
            let printed = FilledForm.read(form.json.pretty, path: "a.json")
            #expect(printed.diagnostics.isEmpty)
            #expect(
                printed.value?.answers.map(\.field) == form.entries.filter { $0.answer.value != nil }.map(\.field.id))
        }
    }

    @Test("An answer counts as long as its field says, and the latest of several")
    func validity() throws {
        let (plan, project) = try Sample(path: "Fixtures/projects/wf-02.yaml").read()
        func answer(_ forms: [(on: String, value: String)], on date: String) throws -> StageForm.Answer? {
            let forms = try forms.map { form in
                let text = "form: land-use\non: \(form.on)\nanswers: {contact: \(form.value)}\n"
                return try #require(FilledForm.read(text, path: "a").value)
            }
            let form = StageForm(
                plan, stage: "works", project: project, catalogue: try catalogue(), collected: forms,
                on: try #require(LocalDate(date)))
            return form?.entries.first { $0.field.id == "contact" }?.answer
        }
        let first = try #require(LocalDate("2024-03-01"))
        #expect(try answer([], on: "2024-03-01") == .askedBefore(stage: "land-use"))
        #expect(
            try answer([("2024-03-01", "Li")], on: "2025-03-01") == .collected("Li", stage: "land-use", on: first))
        #expect(try answer([("2024-03-01", "Li")], on: "2025-03-02") == .outdated("Li", stage: "land-use", on: first))
        #expect(try answer([("2024-06-01", "Wu"), ("2024-03-01", "Li")], on: "2025-03-02")?.value == "Wu")
    }

    @Test("A guide has everything that is applied for, and says who, how long and what against it")
    func guide() throws {
        let (plan, _) = try Sample(path: "Fixtures/projects/wf-02-all.yaml").read()
        let guide = ServiceGuide(plan.asWorkflow, catalogue: try catalogue())
        #expect(guide.entries.map(\.item.id) == plan.items.map(\.item).filter(\.isApplication).map(\.id))
        let permit = try #require(guide.entries.first { $0.item.id == "construction-permit" })
        #expect(
            permit.materials.first { $0.id == "planning-permit-certificate" }?.provider
                == .item(
                    id: "planning-permit",
                    title: try #require(plan.items.first { $0.item.id == "planning-permit" }).item.title))
        #expect(permit.materials.first { $0.id == "wage-deposit" }?.guide != nil)
        #expect(permit.steps.first?.title == ProcedureStep.application.title)
        #expect(permit.steps.last?.within == .working(10))
        #expect(permit.appeals.count == 2)
        let acceptance = try #require(guide.entries.first { $0.item.id == "joint-acceptance" })
        #expect(acceptance.steps.count { $0.who.en == "Housing and construction" } > 2)
        // Without a catalogue there still is one.
        let bare = ServiceGuide(plan.asWorkflow, catalogue: nil, item: "construction-permit")
        #expect(bare.entries.count == 1 && bare.entries[0].listed == nil && bare.entries[0].code == "S3-09")
    }

    @Test("Pages are well-formed, need nothing from outside and say the same in both languages")
    func pages() throws {
        let (plan, project) = try Sample(path: "Fixtures/projects/wf-02-all.yaml").read()
        let catalogue = try catalogue()
        for language in Language.allCases {
            let documents = [
                ServiceGuide(plan.asWorkflow, catalogue: catalogue).document(language),
                try #require(StageNotice(plan, stage: "works", project: project, catalogue: catalogue))
                    .document(language),
                try #require(
                    StageForm(plan, stage: "works", project: project, catalogue: catalogue, collected: [], on: date)
                )
                .document(language),
            ]
            for document in documents {
                let html = document.page.html
                #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"))
                _ = try XMLTree.read(String(html.dropFirst("<!DOCTYPE html>".count)))
                for section in document.sections { #expect(!section.title.isEmpty && !section.blocks.isEmpty) }
            }
        }
    }
}
