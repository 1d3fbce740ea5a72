import Foundation
import WorkflowModel

extension Files {
    /// How many catalogues may stand on top of each other: one for each level.
    private static let mostLevels = 6

    /// A catalogue with all that it takes over from those above it; default: the shipped one.
    func itemCatalogue(_ path: String?) throws -> ItemCatalogueFile {
        let path = path ?? Self.seenFromHere(library.appendingPathComponent("items/municipal.yaml").path)
        return try value(of: try readItemCatalogue(path), path: path)
    }

    /// The same with what is wrong with it.
    func readItemCatalogue(_ path: String, level: Int = 1) throws -> FileReading<ItemCatalogueFile> {
        let reading = ItemCatalogueFile.read(try text(path), path: path)
        guard let file = reading.value, let name = file.catalogue.extends else { return reading }
        guard level < Self.mostLevels else {
            throw CommandFailure(
                zh: "\(path)：上级目录超过 \(Self.mostLevels) 层，是不是互为上级？",
                en: "'\(path)': more than \(Self.mostLevels) catalogues on top of each other; does one extend itself?")
        }
        let above = Self.seenFromHere(
            URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).path)
        let upper = try readItemCatalogue(above, level: level + 1)
        guard let parent = upper.value else { return upper }
        return file.filled(from: parent)
    }

    /// What is linted when nothing is named: the shipped catalogues and the workflows that they are for.
    var shippedCatalogueFiles: [String] {
        let folder = Self.seenFromHere(library.path)
        let names = ["items/municipal.yaml", "items/county.yaml"]
        let workflows = ((try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? [])
            .filter { $0.hasPrefix("wf-") && $0.hasSuffix(".yaml") && !$0.hasPrefix("wf-12") }.sorted()
        return (names + workflows).map { "\(folder)/\($0)" }
    }
}
