/// The lines that two texts differ in, each with its number in the text that it is of.
struct LineDiff {
    let text: String

    /// - Complexity: O(n d), n = lines, d = lines that differ.
    init(from old: String, to new: String, path: String) {
        let (old, new) = (Self.lines(of: old), Self.lines(of: new))
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(\.offset))
        let inserted = Set(difference.insertions.map(\.offset))
        var out = ["--- \(path)", "+++ \(path)"]
        var (before, after) = (0, 0)
        while before < old.count || after < new.count {
            if removed.contains(before) {
                out.append("-\(before + 1)\t\(old[before])")
                before += 1
            } else if inserted.contains(after) {
                out.append("+\(after + 1)\t\(new[after])")
                after += 1
            } else {
                before += 1
                after += 1
            }
        }
        text = out.joined(separator: "\n")
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
