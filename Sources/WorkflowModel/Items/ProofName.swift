import WorkCalendar

/// The six kinds of proof that nobody may ask for any more (六个一律取消).
///
/// - Source: 粤府办〔2018〕51号 二(三)8; 重庆“全渝通办”工作方案 (2019) 二(三).
public enum CancelledProof: Int, Sendable, Hashable, CaseIterable {
    /// 凡没有法律法规依据的
    case withoutLaw = 1
    /// 能通过申请人现有证照来证明的
    case provedByCertificate
    /// 能采取申请人书面承诺方式解决的
    case commitmentIsEnough
    /// 能被其他材料涵盖或替代的
    case coveredByOther
    /// 能通过网络核验的
    case verifiableOnline
    /// 开具单位无法调查核实的
    case issuerCannotVerify
}

/// What the Chinese name of a document tells of it. Which names stand for which kind is this project's reading; a
/// document that is needed all the same is declared under `proofs:`, with a law.
struct ProofName: Sendable {
    /// Why it may not be asked for; `nil` when the name alone tells nothing against it.
    let cancelled: CancelledProof?
    /// What serves instead.
    let instead: LocalizedText

    /// `nil` for what is no proof.
    init?(_ title: String) {
        for (words, kind, zh, en) in Self.known where words.contains(where: title.contains) {
            cancelled = kind
            instead = LocalizedText(zh: zh, en: en)
            return
        }
        guard ["证明", "凭证"].contains(where: title.contains), !title.contains("说明") else { return nil }
        cancelled = nil
        instead = LocalizedText(zh: "", en: "")
    }

    private static let known: [([String], CancelledProof, String, String)] = [
        (
            ["居委会", "村委会", "居民委员会", "村民委员会", "社区证明", "同一人证明", "无业证明", "生存证明", "遗失证明"],
            .issuerCannotVerify, "由部门自行调查核实", "the office inquires itself"
        ),
        (["身份证明", "户籍证明", "户口证明"], .provedByCertificate, "居民身份证、户口簿", "the identity card or household register"),
        (["学历证明", "学位证明"], .provedByCertificate, "学历、学位证书", "the diploma"),
        (
            ["婚姻状况证明", "婚姻证明", "亲属关系证明"], .provedByCertificate, "结婚证、户口簿",
            "the marriage certificate or household register"
        ),
        (["资质证明", "资格证明"], .provedByCertificate, "资质、资格证书", "the certificate of qualification"),
        (["产权证明", "房产证明"], .provedByCertificate, "不动产权证书", "the real-estate title"),
        (
            ["资金证明", "资金落实证明", "资金已落实证明", "无违法", "无重大违法", "无拖欠", "收入证明", "在职证明"],
            .commitmentIsEnough, "申请人书面承诺", "the applicant's written commitment"
        ),
        (
            ["纳税证明", "完税证明", "社保证明", "社会保险缴费证明", "信用证明", "信用报告", "登记信息证明", "工商登记证明", "注册登记证明", "营业执照"],
            .verifiableOnline, "网络核验", "a query of shared data"
        ),
    ]
}

/// What a text names as the ground of a demand (设定依据).
enum LegalBasis {
    /// Whether it names a law or a regulation (法律、法规), which rules of departments and standards are not.
    static func isLaw(_ text: String) -> Bool {
        text.split(whereSeparator: { ";；,，、".contains($0) }).contains { part in
            var name = part[...]
            if let article = part.firstRange(of: " art") { name = part[..<article.lowerBound] }
            if let article = name.firstRange(of: "第") { name = name[..<article.lowerBound] }
            let words = name.filter { !" 《》".contains($0) }
            let plain = words.prefix { !"(（".contains($0) }
            return plain.hasSuffix("条例") || (plain.hasSuffix("法") && !plain.hasSuffix("办法"))
        }
    }

    /// Whether it names nothing at all.
    static func isMissing(_ text: String) -> Bool {
        let word = text.trimmingPrefix(while: { $0 == " " }).lowercased()
        return word.isEmpty || word == "assumed" || word.hasPrefix("无") || word == "none"
    }
}

/// The Chinese name of a document, as it is held against others (材料名称).
struct MaterialName: Sendable, Hashable {
    /// Without brackets and spaces.
    let bare: String
    /// Without words that say in what form it comes, either.
    let plain: String
    /// The names of a choice, of which the applicant brings one: 中标通知书或施工合同.
    let choices: [String]
    private let pairs: [String: Int]

    init(_ title: String) {
        var depth = 0
        var text = ""
        for character in title {
            if "（(".contains(character) {
                depth += 1
            } else if "）)".contains(character) {
                depth = max(0, depth - 1)
            } else if depth == 0, !character.isWhitespace, !"《》“”".contains(character) {
                text.append(character)
            }
        }
        bare = text
        plain = Self.withoutForm(text)
        choices = plain.split(separator: "或").map { Self.withoutForm(String($0)) }.filter { $0.count >= 2 }
        var pairs: [String: Int] = [:]
        for (one, next) in zip(plain, plain.dropFirst()) { pairs[String([one, next]), default: 0] += 1 }
        self.pairs = pairs
    }

    private static let endings = ["复印件", "原件", "扫描件", "电子版", "电子件", "副本", "正本", "文本", "材料", "文件", "书"]

    private static func withoutForm(_ text: String) -> String {
        var text = text
        while let ending = endings.first(where: { text.hasSuffix($0) && text.count > $0.count + 1 }) {
            text.removeLast(ending.count)
        }
        return text
    }

    /// How much two names have in common: Dice's coefficient over pairs of characters, 0…1.
    ///
    /// - Source: L. R. Dice, Ecology 26 (1945) 297–302.
    func likeness(_ other: MaterialName) -> Double {
        let total = pairs.values.reduce(0, +) + other.pairs.values.reduce(0, +)
        guard total > 0 else { return plain == other.plain ? 1 : 0 }
        let common = pairs.reduce(0) { $0 + min($1.value, other.pairs[$1.key] ?? 0) }
        return 2 * Double(common) / Double(total)
    }

    /// How two names of documents stand to each other.
    enum Relation: String, Sendable, Hashable, CaseIterable {
        /// The same document.
        case same
        /// One is a choice of which the other is one possibility.
        case choice
        /// Nearly the same words: somebody should look.
        case alike
    }

    /// From where on names are called alike.
    static let threshold = 0.8

    func relation(to other: MaterialName) -> Relation? {
        if plain == other.plain { return .same }
        if choices.count > 1, choices.contains(other.plain) { return .choice }
        if other.choices.count > 1, other.choices.contains(plain) { return .choice }
        return likeness(other) >= Self.threshold ? .alike : nil
    }
}
