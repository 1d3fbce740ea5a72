import Foundation
import TestSupport
import Testing
import WorkCalendar

@testable import WorkflowModel

@Suite("Item catalogues")
struct ItemCatalogueTests {
    private static let folder = "Workflows/items"

    private func file(_ name: String) throws -> ItemCatalogueFile {
        let path = "\(Self.folder)/\(name).yaml"
        return try #require(ItemCatalogueFile.read(try ProjectFiles.text(path), path: path).value)
    }

    private func workflow(_ path: String) throws -> PlacedWorkflow {
        try #require(PlacedWorkflow.read(try ProjectFiles.text(path), path: path).value)
    }

    private let today = LocalDate(year: 2026, month: 1, day: 5)!  // a date that exists

    @Test("The shipped catalogues bear out the shipped workflows")
    func shipped() throws {
        let municipal = try file("municipal")
        let county = try file("county").filled(from: municipal)
        #expect(county.diagnostics.isEmpty)
        let workflows = try ShippedFileTests.workflows()
        let after = try workflows.filter { !$0.contains("wf-12") }.map(workflow)
        #expect(after.count == 11)
        #expect(CatalogueLint(municipal).check(after, on: today).map(\.message.en) == [])
        let before = try workflows.filter { $0.contains("wf-12") }.map(workflow)
        #expect(CatalogueLint(try file("before")).check(before, on: today).map(\.message.en) == [])
        for workflow in after + before { #expect(CatalogueLint.duplicates(in: workflow).isEmpty) }
    }

    @Test("Every item of a shipped workflow that the administration handles is complete in its catalogue")
    func complete() throws {
        let catalogue = try file("municipal").catalogue
        for element in UnifiedElement.allCases {
            for item in catalogue.items where catalogue.batch(of: item)?.published != nil {
                #expect(item.statement(of: element, in: catalogue) != nil, "\(item.id) \(element)")
            }
        }
        #expect(Set(UnifiedElement.tenUnified + UnifiedElement.tenSame) == Set(UnifiedElement.allCases))
        #expect(UnifiedElement.tenUnified.count == 10 && UnifiedElement.tenSame.count == 10)
    }

    @Test("Any element that is left out of a published item is missed, and of a draft none is")
    func missing() throws {
        let text = try ProjectFiles.text("Fixtures/diagnostics/support/item-catalogue.yaml")
        #expect(ItemCatalogueFile.read(text, path: "a").diagnostics.isEmpty)
        for element in UnifiedElement.allCases where element != .codeRule {
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("    \(element.key):") }
            let cut = lines.joined(separator: "\n")
            #expect(cut.count < text.count, "\(element)")
            // A field that no item uses any more is a warning of its own.
            let found = ItemCatalogueFile.read(cut, path: "a").errors
            #expect(found.map(\.code) == [.elementsMissing], "\(element)")
            #expect(found.first?.message.zh.contains(element.title.zh) == true)
            let draft = cut.replacing("first: {published: 2020-01-01}", with: "first: {}")
            #expect(ItemCatalogueFile.read(draft, path: "a").errors.isEmpty, "\(element)")
        }
    }

    @Test("A lower catalogue has its own statements and takes the rest over")
    func filled() throws {
        let municipal = try file("municipal")
        let county = try #require(try file("county").filled(from: municipal).value).catalogue
        let permit = try #require(county.item("construction-permit"))
        #expect(permit.promised == .working(3))
        #expect(permit.basis == municipal.catalogue.item("construction-permit")?.basis)
        #expect(county.implementingCode(of: permit) == "500112-GC0303")
        #expect(municipal.catalogue.implementingCode(of: permit) == nil)
        #expect(county.office("housing")?.place?.zh.contains("区政务服务中心") == true)
        // Exactly what the city lets districts exercise.
        let expected = municipal.catalogue.items.filter { $0.levels?.contains(.county) == true }.map(\.id)
        #expect(Set(county.items.map(\.id)) == Set(expected))
    }

    @Test("Batches decide from when an item is in force")
    func inForce() throws {
        let catalogue = try file("municipal").catalogue
        let filing = try #require(catalogue.item("project-filing"))
        let date = { (text: String) in LocalDate(text)! }  // written here
        #expect(!catalogue.isInForce(filing, on: date("2018-10-31")))
        #expect(catalogue.isInForce(filing, on: date("2018-11-01")))
        let draft = try #require(catalogue.item("real-estate-registration"))
        #expect(!catalogue.isInForce(draft, on: .latest))
    }

    @Test("What became of each item: merged, delegated, transferred, adjusted, added, removed")
    func changes() throws {
        let (older, newer) = (try file("before").catalogue, try file("municipal").catalogue)
        let changes = CatalogueChange.between(older, newer)
        func items(_ means: CatalogueChange.Means) -> [String] { changes.filter { $0.means == means }.map(\.item) }
        #expect(
            items(.merged) == [
                "site-opinion", "land-use-permit", "scheme-review", "drawing-review", "construction-permit",
                "joint-acceptance",
            ])
        #expect(items(.transferred).contains("special-fire-review"))
        #expect(items(.delegated) == ["construction-permit", "completion-filing"])
        #expect(items(.removed).isEmpty && !items(.added).contains("real-estate-registration"))
        #expect(CatalogueChange.between(newer, newer).isEmpty)
        // The other way round, what was merged is gone.
        let back = CatalogueChange.between(newer, older)
        #expect(back.contains { $0.means == .removed && $0.item == "joint-acceptance" })
        #expect(back.contains { $0.means == .added && $0.item == "fire-acceptance" })
    }

    @Test(
        "A name is taken for one of the six cancelled proofs, for a proof, or for none",
        arguments: [
            ("居委会盖章的同一人证明", CancelledProof.issuerCannotVerify), ("法定代表人身份证明", .provedByCertificate),
            ("建设资金已落实证明", .commitmentIsEnough), ("纳税证明", .verifiableOnline),
        ])
    func proofs(name: String, kind: CancelledProof) throws {
        #expect(ProofName(name)?.cancelled == kind)
        #expect(ProofName("农民工工资保证金凭证") != nil && ProofName("农民工工资保证金凭证")?.cancelled == nil)
        #expect(ProofName("建设工程设计方案") == nil && ProofName("能耗说明") == nil)
    }

    @Test("A basis is a law or a regulation, or it is not")
    func laws() {
        for law in ["城乡规划法 art.40", "保障农民工工资支付条例 art.32", "《建筑法》（2019）第八条", "市政府通知; 消防法 art.12"] {
            #expect(LegalBasis.isLaw(law), "\(law)")
        }
        for other in ["施工图设计文件审查管理办法 art.13", "CJJ/T 141", "市政府通知", "assumed", ""] {
            #expect(!LegalBasis.isLaw(other), "\(other)")
        }
    }

    @Test("Articles are within others when each of them is named there, or the law as a whole")
    func articles() {
        func isWithin(_ one: String, _ other: String) -> Bool { Articles(one).isWithin(Articles(other)) }
        #expect(isWithin("城乡规划法 art.38", "城乡规划法 arts.37, 38"))
        #expect(isWithin("城乡规划法 arts.37, 38", "土地管理法 art.52; 城乡规划法 arts.37, 38"))
        #expect(isWithin("土地管理法 art.52", "土地管理法"))
        #expect(!isWithin("土地管理法", "土地管理法 art.52"))
        #expect(!isWithin("城乡规划法 art.39", "城乡规划法 arts.37, 38"))
        #expect(!isWithin("建筑法 art.8", "城乡规划法 art.8"))
    }

    @Test("Names of documents: the same but for their form, one of a choice, alike, or others")
    func names() {
        func relation(_ one: String, _ other: String) -> MaterialName.Relation? {
            let found = MaterialName(one).relation(to: MaterialName(other))
            #expect(MaterialName(other).relation(to: MaterialName(one)) == found)
            return found
        }
        #expect(relation("总平面图", "总平面图（复印件）") == .same)
        #expect(relation("施工许可证 副本", "施工许可证") == .same)
        #expect(relation("中标通知书或施工合同", "中标通知书") == .choice)
        #expect(relation("建设工程竣工验收报告", "工程竣工验收报告") == .alike)
        #expect(relation("建设用地规划许可证", "建设工程规划许可证") == nil)
    }

    @Test("What is handed in once is what is asked for, less what is repeated, issued on the way or at hand")
    func counts() throws {
        for path in try ShippedFileTests.workflows() {
            let workflow = try workflow(path).definition
            let count = try #require(MaterialDuplicates([workflow]).workflows.first)
            #expect(count.demands == workflow.items.reduce(0) { $0 + $1.materials.count })
            let issued = Set(workflow.items.flatMap(\.outputs))
            let own = Set(workflow.materials.filter { $0.owner == .department }.map(\.id))
            let asked = Set(workflow.items.flatMap { $0.materials.map(\.material) })
            #expect(count.once == asked.subtracting(issued).subtracting(own).count - count.sameName, "\(path)")
        }
    }

    @Test("A form that the program printed is read again; answers have to be answers")
    func filledForm() {
        let text = """
            form: works
            project: 2403-500112-04-01-230525
            on: 2024-03-01
            answers: {site-address: 渝北区, height: 24}
            """
        let form = FilledForm.read(text, path: "a").value
        #expect(form?.answers == [.init(field: "site-address", value: "渝北区"), .init(field: "height", value: "24")])
        #expect(form?.on == LocalDate("2024-03-01"))
        #expect(FilledForm.read(text.replacing("24}", with: "[24]}"), path: "a").errors.map(\.code) == [.wrongForm])
        #expect(
            FilledForm.read(text.replacing("2024-03-01", with: "soon"), path: "a").errors.map(\.code) == [
                .unreadableDate
            ])
    }

    @Test("Whatever happens to a catalogue, reading it ends with a value or with an error that lies inside the file")
    func mutations() throws {
        let lines = try ProjectFiles.text("\(Self.folder)/municipal.yaml").components(separatedBy: "\n")
        let county = try file("county")
        var read = 0
        for seed in 1...40 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var mutated = lines
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let index = Int.random(in: mutated.indices, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: mutated.remove(at: index)
                case 1: mutated[index] = mutated[Int.random(in: mutated.indices, using: &generator)]
                case 2: mutated[index] = String(mutated[index].shuffled(using: &generator))
                default: mutated.swapAt(index, Int.random(in: mutated.indices, using: &generator))
                }
            }
            let reading = ItemCatalogueFile.read(mutated.joined(separator: "\n"), path: "a.yaml")
            #expect((reading.value == nil) == !reading.errors.isEmpty, "seed \(seed)")
            for diagnostic in reading.diagnostics {
                #expect((1...mutated.count).contains(diagnostic.place.span.start.line), "seed \(seed)")
            }
            guard let value = reading.value else { continue }
            read += 1
            _ = county.filled(from: value)
            _ = CatalogueChange.between(value.catalogue, county.catalogue)
        }
        #expect(read > 0)
    }

    @Test("Tens of thousands of materials and items are compared in a moment", .timeLimit(.minutes(2)))
    func enormous() throws {
        var text = try ProjectFiles.text("Fixtures/diagnostics/support/item-catalogue.yaml")
        let items = (1...4_000).map { "  item-\($0): {title: {zh: 事项\($0), en: Item}, materials: [m-\($0)]}\n" }
            .joined()
        let materials = (1...4_000).map { "  m-\($0): {title: {zh: 材料样本\($0)号, en: Sample}, basis: 建筑法 art.8}\n" }
            .joined()
        text = text.replacing("fields:\n", with: materials + "fields:\n") + items
        let reading = ItemCatalogueFile.read(text, path: "a.yaml")
        #expect(reading.errors.count == 200 && reading.omitted == 3_800)
        let drafts = text.replacing("first: {published: 2020-01-01}", with: "first: {}")
        let catalogue = try #require(ItemCatalogueFile.read(drafts, path: "a.yaml").value).catalogue
        #expect(catalogue.items.count == 4_001 && catalogue.material("m-4000")?.title.en == "Sample")
    }
}
