import Planning
import WorkCalendar
import WorkflowModel

extension CaseView {
    /// The engine's words as people read them on a page: what it names by id (材料、事项、部门) by its title, and amounts of
    /// days in words.
    ///
    /// In English only an id that is no word of the language itself, one with a hyphen, is taken for one.
    func spoken(_ words: LocalizedText) -> LocalizedText {
        LocalizedText(zh: spoken(words.zh, in: .zh), en: spoken(words.en, in: .en))
    }

    private func spoken(_ text: String, in language: Language) -> String {
        var result = ""
        var token = ""
        func flush() {
            guard !token.isEmpty else { return }
            let words = said(token, after: &result, in: language)
            result += words
            token = ""
        }
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber || character == "-" {
                token.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    private func said(_ token: String, after text: inout String, in language: Language) -> String {
        if token == "wd" || token == "cd" {
            let number = text.dropLast().reversed().prefix { $0.isNumber || $0 == "." }.reversed()
            guard text.last == " ", let days = Double(String(number)) else { return token }
            text.removeLast(number.count + 1)
            return language.days(Int(days * Double(DayAmount.minutesPerDay)), token == "wd" ? .working : .calendar)
        }
        guard token.first?.isLowercase == true, language == .zh || token.contains("-") else { return token }
        if let item = plan[token]?.item { return item.title[language] }
        let name = name(token)
        return name.zh == token ? token : name[language]
    }
}
