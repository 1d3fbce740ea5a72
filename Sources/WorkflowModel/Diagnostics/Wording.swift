import WorkCalendar

/// What a diagnostic says, in Chinese and English side by side; the folder `Catalogue` holds all of them.
///
/// Facts come in as arguments, words stand only in the catalogue.
public struct Wording: Sendable, Hashable {
    public let code: DiagnosticCode
    public let message: LocalizedText
    public let label: LocalizedText
    public let hints: [LocalizedText]

    /// - Parameter nearest: a known name that the person probably meant; it becomes the first hint.
    init(
        _ code: DiagnosticCode, message: LocalizedText, label: LocalizedText, hint: LocalizedText,
        nearest: String? = nil
    ) {
        self.code = code
        self.message = Self.printable(message)
        self.label = Self.printable(label)
        let guess = nearest.map { LocalizedText(zh: "是不是“\($0)”？", en: "did you mean “\($0)”?") }
        self.hints = [guess, hint].compactMap(\.self).map(Self.printable)
    }

    /// The note at the first of two things that should be one.
    package static let firstHere = LocalizedText(zh: "第一次在这里", en: "first here")

    private static let longestText = 400

    /// Names come from the file: what is invisible is escaped, what is endless is cut.
    private static func printable(_ text: LocalizedText) -> LocalizedText {
        LocalizedText(zh: printable(text.zh), en: printable(text.en))
    }

    private static func printable(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < longestText else {
                shown.append("…")
                break
            }
            if SourceText.isForbidden(scalar) || "\t\n\r".unicodeScalars.contains(scalar)
                || (0x200B...0x200F).contains(scalar.value)
            {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            } else {
                shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// A name from the file, cut when it is long enough to hide the sentence around it.
    package static func short(_ name: String) -> String {
        name.unicodeScalars.count <= 60 ? name : String(name.unicodeScalars.prefix(60)) + "…"
    }

    /// At most a dozen names, separated by commas.
    static func some(of names: some Collection<String>) -> LocalizedText {
        let most = 12
        let listed = names.prefix(most).map(short)
        let dots = names.count > most
        return LocalizedText(
            zh: listed.joined(separator: "、") + (dots ? "……" : ""),
            en: listed.joined(separator: ", ") + (dots ? ", …" : ""))
    }
}
