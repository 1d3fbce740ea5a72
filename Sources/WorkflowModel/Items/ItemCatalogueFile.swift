import WorkCalendar

/// An item catalogue as a file tells it, with the places of what it states (事项目录文件).
public struct ItemCatalogueFile: Sendable {
    public let catalogue: ItemCatalogue
    let places: CataloguePlaces
    let path: String

    /// The catalogue in a text, or what is wrong with it.
    ///
    /// One that takes over another is only read for its form; what it lacks shows when it is ``filled(from:)``.
    /// - Complexity: near-linear in the length of the text.
    public static func read(_ text: String, path: String) -> FileReading<ItemCatalogueFile> {
        let report = Report(SourceText(text, path: path))
        guard let file = ItemCatalogueReader(report)?.file(path: path) else { return report.reading(nil) }
        if file.catalogue.extends == nil { report.add(CatalogueRules(file).check()) }
        return report.reading(file)
    }

    /// The catalogue on top of the one above it, or what is wrong with the two together.
    public func filled(from above: ItemCatalogueFile) -> FileReading<ItemCatalogueFile> {
        guard above.catalogue.level < catalogue.level else {
            let wrong = Wording.parentNotAbove(above.catalogue.level, of: catalogue.level)
            return FileReading(value: nil, diagnostics: [Diagnostic(wrong, at: places.of("extends"))])
        }
        let whole = ItemCatalogueFile(
            catalogue: catalogue.filled(from: above.catalogue), places: places.over(above.places), path: path)
        let found = CatalogueDrift(whole, written: self, above: above).check() + CatalogueRules(whole).check()
        // What is wrong above is shown with the catalogue above.
        return whole.reading(found.filter { $0.place.file == path })
    }

    /// The file with its diagnostics in order; no value when one of them is an error.
    func reading(_ found: [Diagnostic]) -> FileReading<ItemCatalogueFile> {
        let sorted = found.sortedByPlace()
        let hasErrors = found.contains { $0.severity == .error }
        return FileReading(
            value: hasErrors ? nil : self, diagnostics: Array(sorted.prefix(Report.capacity)),
            omitted: max(0, sorted.count - Report.capacity))
    }
}

extension Collection<Diagnostic> {
    /// By file, then by place, then by code.
    func sortedByPlace() -> [Diagnostic] {
        sorted {
            ($0.place.file, $0.place.span.start, $0.code) < ($1.place.file, $1.place.span.start, $1.code)
        }
    }
}

/// Where the entries of a catalogue and their keys stand, by names such as `items/permit/basis`.
struct CataloguePlaces: Sendable {
    private var places: [String: Diagnostic.Place]
    private let whole: Diagnostic.Place

    init(_ places: [String: Diagnostic.Place], whole: Diagnostic.Place) {
        self.places = places
        self.whole = whole
    }

    /// The place of an entry or of one of its keys; where there is none, of the nearest that holds it.
    func of(_ names: String...) -> Diagnostic.Place {
        var names = names
        while !names.isEmpty {
            if let place = places[names.joined(separator: "/")] { return place }
            names.removeLast()
        }
        return whole
    }

    func has(_ names: String...) -> Bool { places[names.joined(separator: "/")] != nil }

    /// These places where they are known, the other's elsewhere.
    func over(_ other: CataloguePlaces) -> CataloguePlaces {
        CataloguePlaces(places.merging(other.places) { own, _ in own }, whole: whole)
    }
}
