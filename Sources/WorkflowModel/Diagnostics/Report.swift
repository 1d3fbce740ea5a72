import WorkCalendar

/// Collects the diagnostics of one file while it is read.
package final class Report {
    /// So many errors and so many warnings are listed; the rest is counted. Nobody reads more at once, and a hostile
    /// file cannot fill the memory with them.
    package static let capacity = 200

    package let source: SourceText
    private var errors: [Diagnostic] = []
    private var warnings: [Diagnostic] = []
    private var omitted = 0

    package init(_ source: SourceText) {
        self.source = source
    }

    package var hasErrors: Bool { !errors.isEmpty }
    /// Whether further errors are only counted.
    package var isFull: Bool { errors.count >= Self.capacity }

    /// - Parameter wording: composed only when it is going to be listed, since hints may have to be searched for.
    package func add(
        _ wording: @autoclosure () -> Wording, at span: TextSpan,
        notes: @autoclosure () -> [(span: TextSpan, message: LocalizedText)] = []
    ) {
        guard !isFull else {
            omitted += 1
            return
        }
        let wording = wording()
        switch wording.code.severity {
        case .error: errors.append(diagnostic(wording, at: span, notes: notes()))
        case .warning where warnings.count < Self.capacity:
            warnings.append(diagnostic(wording, at: span, notes: notes()))
        case .warning: omitted += 1
        }
    }

    /// Lists what was found by other means.
    package func add(_ found: [Diagnostic]) {
        for diagnostic in found {
            switch diagnostic.severity {
            case .error where errors.count < Self.capacity: errors.append(diagnostic)
            case .warning where warnings.count < Self.capacity: warnings.append(diagnostic)
            default: omitted += 1
            }
        }
    }

    private func diagnostic(
        _ wording: Wording, at span: TextSpan, notes: [(span: TextSpan, message: LocalizedText)]
    ) -> Diagnostic {
        Diagnostic(
            wording, at: source.place(span),
            notes: notes.map { Diagnostic.Note(place: source.place($0.span), message: $0.message) })
    }

    /// Ends the reading: the value counts only when there is no error.
    package func reading<Value>(_ value: Value?) -> FileReading<Value> {
        let sorted = (errors + warnings).sorted {
            ($0.place.span.start, $0.code) < ($1.place.span.start, $1.code)
        }
        return FileReading(value: hasErrors ? nil : value, diagnostics: sorted, omitted: omitted)
    }
}
