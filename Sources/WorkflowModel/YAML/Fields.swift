import WorkCalendar

/// A mapping while it is read by its keys; what is wrong goes to the report, and reading goes on.
///
/// Every reader answers `nil` for a key that is absent and for one that cannot be read; only the latter is reported.
package struct Fields {
    package let report: Report
    /// Where the mapping as a whole is pointed at: the value that names it, or its start.
    package let heading: TextSpan
    /// Few, and looked through in turn: that is quicker than to make a table of them.
    private let entries: [YAMLEntry]
    /// Keys that were probably meant by unknown ones; nobody is told that they are missing as well.
    private let misspelt: Set<String>

    /// - Parameters:
    ///   - keys: the keys that may stand here; others are reported.
    ///   - name: the key whose value names the mapping.
    ///   - heading: where to point when the mapping's name stands outside of it.
    package init?(_ node: YAMLNode, keys: [String], named name: String? = nil, heading: TextSpan? = nil, report: Report)
    {
        guard case .map(let all) = node.content else {
            report.add(.wrongForm(.map, found: node), at: node.span)
            return nil
        }
        var misspelt: Set<String> = []
        var unknown = 0
        for entry in all where !keys.contains(entry.key) {
            unknown += 1
            let nearest = report.isFull ? nil : nearestName(to: entry.key, among: keys)
            if let nearest { misspelt.insert(nearest) }
            report.add(.unknownKey(entry.key, known: keys, nearest: nearest), at: entry.keySpan)
        }
        entries = unknown == 0 ? all : all.filter { keys.contains($0.key) }
        self.misspelt = misspelt
        self.report = report
        let named = name.flatMap { name in all.last { $0.key == name } }
        self.heading = named?.value.span ?? heading ?? node.span
    }

    /// The last of equal keys, which were reported.
    private func entry(_ key: String) -> YAMLEntry? {
        for index in entries.indices.reversed() where entries[index].key == key { return entries[index] }
        return nil
    }

    package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// Whether a key is absent and no other was written in its place.
    package func lacks(_ key: String) -> Bool { !has(key) && !misspelt.contains(key) }

    /// Where a key's value stands, or the mapping when it is absent.
    package func span(_ key: String) -> TextSpan { entry(key)?.value.span ?? heading }

    /// Where a key itself stands, or the mapping when it is absent.
    package func keySpan(_ key: String) -> TextSpan { entry(key)?.keySpan ?? heading }

    /// The value of a key as it stands; nothing is reported.
    package func written(_ key: String) -> YAMLNode? { entry(key)?.value }

    /// How many elements a list has; 0 when it is absent, `nil` when it is no list. Nothing is reported.
    package func count(_ key: String) -> Int? {
        guard let node = written(key) else { return 0 }
        if case .list(let elements) = node.content { return elements.count }
        return nil
    }

    /// The value of a key; a key without one is reported.
    package func node(_ key: String) -> YAMLNode? {
        guard let entry = entry(key) else { return nil }
        guard !entry.value.isNull else {
            report.add(.emptyValue(key), at: entry.keySpan)
            return nil
        }
        return entry.value
    }

    /// Reports the keys that are absent.
    package func require(_ keys: String...) {
        for key in keys where lacks(key) {
            report.add(.missingKey(key, example: Self.examples[key] ?? "\(key): …"), at: heading)
        }
    }

    // MARK: Scalars

    package func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let text = node.text else {
            report.add(.wrongForm(.text, found: node), at: node.span)
            return nil
        }
        guard text.utf8.first.map({ $0 > 0x20 && $0 < 0x7F }) ?? false || text.contains(where: { !$0.isWhitespace })
        else {
            report.add(.emptyValue(key), at: node.span)
            return nil
        }
        return text
    }

    /// A civil date, `YYYY-MM-DD`.
    package func date(_ key: String) -> LocalDate? {
        guard let text = text(key) else { return nil }
        guard let date = LocalDate(text) else {
            report.add(.unreadableDate(text), at: span(key))
            return nil
        }
        return date
    }

    package func integer(_ key: String) -> Int? {
        scalar(key, .integer) { $0.utf8.count <= 9 ? Int($0) : nil }
    }

    package func number(_ key: String) -> Double? {
        scalar(key, .number, Double.init(plainDecimal:))
    }

    package func boolean(_ key: String) -> Bool? {
        scalar(key, .boolean) { ["true": true, "false": false][$0] }
    }

    private func scalar<Value>(_ key: String, _ form: Wording.Form, _ read: (String) -> Value?) -> Value? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let text, isPlain: true) = node.content, let value = read(text) else {
            report.add(.wrongForm(form, found: node), at: node.span)
            return nil
        }
        return value
    }

    /// One of the words of an enumeration.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, except: [Word] = []
    ) -> Word? where Word.RawValue == String {
        guard let text = text(key), let node = node(key) else { return nil }
        return report.word(text, at: node.span, except: except)
    }

    /// An id in the form that ids have.
    package func id(_ key: String) -> String? {
        guard let text = text(key) else { return nil }
        return report.identifier(text, at: span(key))
    }

    // MARK: Collections

    package func list(_ key: String) -> [YAMLNode]? {
        guard let node = node(key) else { return nil }
        guard case .list(let elements) = node.content else {
            report.add(.wrongForm(.list, found: node), at: node.span)
            return nil
        }
        return elements
    }

    package func map(_ key: String) -> [YAMLEntry]? {
        guard let node = node(key) else { return nil }
        guard case .map(let entries) = node.content else {
            report.add(.wrongForm(.map, found: node), at: node.span)
            return nil
        }
        return entries
    }

    /// The texts of a list, each with its place.
    package func texts(_ key: String) -> [(text: String, span: TextSpan)]? {
        list(key)?.compactMap { node in
            guard let text = node.text, !text.isEmpty else {
                report.add(.wrongForm(.text, found: node), at: node.span)
                return nil
            }
            return (text, node.span)
        }
    }

    /// A text in both languages.
    package func localized(_ key: String) -> LocalizedText? {
        guard let node = node(key) else { return nil }
        return report.localized(node)
    }

    /// What a missing key may look like.
    private static let examples = [
        "workflow": "workflow: cq-social-general",
        "id": "id: construction-permit",
        "title": "title: {zh: 施工许可, en: Construction permit}",
        "name": "name: {zh: 春节, en: Spring Festival}",
        "version": "version: \"2026.1\"",
        "processType": "processType: 3",
        "source": "source: 建筑法 art.8",
        "notice": "notice: 国办发明电〔2025〕7号",
        "calendar": "calendar: cn",
        "facts": "facts: {floorArea: {type: number, unit: m2}}",
        "type": "type: boolean",
        "departments": "departments: {housing: {zh: 住建, en: Housing}}",
        "department": "department: housing",
        "targets": "targets: [{id: t50, limit: 50 wd, from: entered, to: completed, counts: [gov, tech], source: …}]",
        "stages": "stages: [{id: permit, title: {…}, national: 3, lead: housing, items: […]}]",
        "items": "items: [{id: construction-permit, kind: approval, …}]",
        "national": "national: 3",
        "from": "from: entered",
        "to": "to: completed",
        "counts": "counts: [gov, tech]",
        "item": "item: construction-permit",
        "material": "material: site-plan",
        "limit": "limit: 20 wd",
        "applicant": "applicant: 3/10/30 wd",
        "chance": "chance: 0.4",
        "rounds": "rounds: 2",
        "procedure": "procedure: hearing",
        "takes": "takes: 10/20/30 wd",
        "cost": "cost: 3",
        "effects": "effects: [{item: construction-permit, takes: 1 wd, limit: 1 wd}]",
        "into": "into: {id: joint-assessment, title: {…}, kind: approval, …}",
        "after": "after: [construction-start]",
        "week": "week: [mon, tue, wed, thu, fri]",
        "coverage": "coverage: {from: 2018-01-01, published: 2026-12-31, provisional: 2027-12-31}",
        "years": "years: {2026: {notice: …, holidays: […], makeup: […]}}",
        "project": "project: project.yaml",
        "arrivals": "arrivals: [{workflow: …, project: …, count: 20, every: 2 wd}]",
        "count": "count: 20",
        "workflows": "workflows: [wf-02-cq-social-general.yaml]",
        "start": "\"start\": \"2024-03-01T08:00\"",
        "activities": "\"activities\": [{\"id\": \"A\", \"duration\": \"3d\"}]",
        "duration": "\"duration\": \"3d\"",
        "predecessor": "\"predecessor\": \"A\"",
        "successor": "\"successor\": \"B\"",
        "date": "\"date\": \"2024-03-01\"",
    ]
}

extension Report {
    /// A text in both languages.
    package func localized(_ node: YAMLNode) -> LocalizedText? {
        if let text = node.text {
            let isEnglish = text.unicodeScalars.allSatisfy { $0.value < 0x2E80 }
            add(.oneLanguageOnly(missing: isEnglish ? .zh : .en), at: node.span)
            return nil
        }
        guard let fields = Fields(node, keys: ["zh", "en"], report: self) else { return nil }
        return localized(fields)
    }

    /// The text in both languages among the keys of a mapping.
    func localized(_ fields: Fields) -> LocalizedText? {
        for (language, key) in [(Language.zh, "zh"), (.en, "en")] where fields.lacks(key) {
            add(.oneLanguageOnly(missing: language), at: fields.heading)
        }
        guard let zh = fields.text("zh"), let en = fields.text("en") else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    package func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, at span: TextSpan, except: [Word] = []
    ) -> Word? where Word.RawValue == String {
        let excluded = except.map(\.rawValue)
        let known = Word.allCases.map(\.rawValue).filter { !excluded.contains($0) }
        if known.contains(text), let word = Word(rawValue: text) { return word }
        add(.unknownWord(text, known: known, nearest: nearestName(to: text, among: known)), at: span)
        return nil
    }

    /// The text when it has the form of an id: words of `[a-z0-9]` joined by single hyphens, at most 64 characters.
    func identifier(_ text: String, at span: TextSpan) -> String? {
        let isWord = { (word: Substring.UTF8View) in
            !word.isEmpty && word.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        let words = text[...].utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if text.utf8.count <= 64, words.allSatisfy(isWord) { return text }
        add(.badIdentifier(text), at: span)
        return nil
    }
}

extension Double {
    /// Reads `12`, `-1.5`, `32000`: digits with at most one point, and finite.
    init?(plainDecimal text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 32,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let value = Double(text)
        else { return nil }
        self = value
    }
}
