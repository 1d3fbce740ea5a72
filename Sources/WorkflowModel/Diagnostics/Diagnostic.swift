import WorkCalendar

/// What is wrong with a file that a person wrote, where, and what to do about it (诊断).
///
/// Diagnostics are values: they are collected, never thrown, and one reading reports several.
public struct Diagnostic: Sendable, Hashable {
    public let code: DiagnosticCode
    public let place: Place
    /// What is wrong, in one sentence.
    public let message: LocalizedText
    /// What stands under the caret.
    public let label: LocalizedText
    /// What to do; at least one.
    public let hints: [LocalizedText]
    public let notes: [Note]

    public init(_ wording: Wording, at place: Place, notes: [Note] = []) {
        self.code = wording.code
        self.place = place
        self.message = wording.message
        self.label = wording.label
        self.hints = wording.hints
        self.notes = notes
    }

    public var severity: Severity { code.severity }

    /// How grave it is.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The file cannot be used.
        case error
        /// The file can be used, but probably does not mean what it says.
        case warning
    }

    /// A stretch of a file together with the line it stands on.
    public struct Place: Sendable, Hashable {
        public let file: String
        public let span: TextSpan
        public let excerpt: Excerpt

        public init(file: String, span: TextSpan, excerpt: Excerpt) {
            self.file = file
            self.span = span
            self.excerpt = excerpt
        }
    }

    /// The part of a line that is worth showing: all of it, unless it is very long.
    public struct Excerpt: Sendable, Hashable {
        public let text: String
        /// The column, from 1, of the first character of `text`.
        public let firstColumn: Int

        public init(text: String, firstColumn: Int) {
            self.text = text
            self.firstColumn = firstColumn
        }
    }

    /// Another place that has to do with it.
    public struct Note: Sendable, Hashable {
        public let place: Place
        public let message: LocalizedText

        public init(place: Place, message: LocalizedText) {
            self.place = place
            self.message = message
        }
    }
}

/// What came out of reading a file: a value, or the reasons why there is none.
public struct FileReading<Value: Sendable>: Sendable {
    /// `nil` exactly when a diagnostic is an error.
    public let value: Value?
    /// In order of their place in the file; never more than `Report.capacity`.
    public let diagnostics: [Diagnostic]
    /// How many more mistakes there are than the diagnostics that are listed.
    public let omitted: Int

    public init(value: Value?, diagnostics: [Diagnostic], omitted: Int = 0) {
        self.value = value
        self.diagnostics = diagnostics
        self.omitted = omitted
    }

    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
}
