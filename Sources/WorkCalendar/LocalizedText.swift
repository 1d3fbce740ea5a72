/// The languages people read Binglian in.
public enum Language: String, Hashable, Sendable, Codable, CaseIterable {
    /// Simplified Chinese 简体中文.
    case zh
    /// English 英文.
    case en
}

/// A text for people in Chinese and English; both are required, so that a missing translation does not compile.
public struct LocalizedText: Hashable, Sendable, Codable {
    /// The Chinese text.
    public let zh: String
    /// The English text.
    public let en: String

    /// A text in both languages.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The text in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
