/// Which of several nodes does which work (分工): all come to the same answer from the same list of nodes, with no word
/// between them.
///
/// By rendezvous hashing: when a node comes or goes, only the work that it gains or leaves changes hands.
struct WorkShare {
    /// The nodes that are alive, this one included.
    let nodes: [String]
    let own: String

    init(alive: [String], own: String) {
        nodes = alive.contains(own) ? alive : alive + [own]
        self.own = own
    }

    func isOwn(_ work: String) -> Bool {
        let best = nodes.max { a, b in
            let (first, second) = (Self.hash(a + "\u{0}" + work), Self.hash(b + "\u{0}" + work))
            return first == second ? a < b : first < second
        }
        return best == own
    }

    /// FNV-1a with a final mix: the same in every process, which Swift's own hashing is not.
    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }

    /// In how many parts the cases are shared out for their timers.
    static let timerParts = 16

    static func timers(_ part: Int) -> String { "timers/\(part)" }

    static func timerPart(of id: CaseID) -> Int { Int(hash(id.text) % UInt64(timerParts)) }

    static func outbox(_ receiver: String) -> String { "outbox/\(receiver)" }
}
