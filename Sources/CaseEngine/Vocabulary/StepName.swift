/// The name of a step of an item (编号): what is asked, what will happen by time, and the cards that are raised.
///
/// Unique in the case and the same whenever it is derived, so that others can use it as a key. It reads
/// `item:attempt.round:step`, or `item.participant:…` for a participant's step, and is a token of `[A-Za-z0-9._:-]`, which
/// stores take as the name of a timer and, with a prefix, as the key of a command.
struct StepName {
    /// Most characters of a name, given ids of at most 64 characters and numbers below 10^7: short enough for a prefix
    /// and a suffix within the 128 characters of a key.
    static let limit = 112

    let text: String

    init(item: String, participant: String? = nil, attempt: Int, round: Int, step: String) {
        // Put together by hand: an interpolation takes several times as long, and names are made for every step.
        var text = Self.subject(item, participant)
        text.reserveCapacity(text.utf8.count + step.utf8.count + 8)
        text += ":"
        text += Self.numbers(attempt, round)
        text += step
        self.text = text
    }

    private static func numbers(_ attempt: Int, _ round: Int) -> String {
        if round == 0, usual.indices.contains(attempt) { return usual[attempt] }
        return "\(attempt).\(round):"
    }

    private static let usual = (0..<8).map { "\($0).0:" }

    /// Who it is about. Two long ids are cut to their beginning and a hash of the whole; ids have no dots, so what was
    /// cut is never taken for what was not.
    private static func subject(_ item: String, _ participant: String?) -> String {
        guard let participant else { return item }
        let whole = "\(item).\(participant)"
        guard whole.utf8.count > 64 else { return whole }
        let digits = String(hash(whole), radix: 16)
        return "\(item.prefix(40))..\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }

    /// - Source: FNV-1a, 64 bits (Fowler, Noll, Vo).
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
