import WorkCalendar

/// Why another program's file is not read: where, why and what to do (外部文件错误).
public struct ForeignFileError: Error, Sendable, Hashable {
    /// From 1; `nil` when it is about the file as a whole.
    public let line: Int?
    /// From 1, in bytes.
    public let column: Int?
    public let message: LocalizedText
    public let advice: LocalizedText

    public init(line: Int? = nil, column: Int? = nil, _ message: LocalizedText, advice: LocalizedText) {
        self.line = line
        self.column = column
        self.message = message
        self.advice = advice
    }
}
