/// The known name that a person most probably meant, or `nil` when none is near.
///
/// Near is an edit distance of at most 2, or 1 for names of up to four letters, upper and lower case alike; of several
/// the first in order of distance, then of spelling.
/// - Complexity: O(candidates × length).
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = letters(of: name)
    guard wanted.count <= 64 else { return nil }
    let furthest = wanted.count <= 4 ? 1 : 2
    var best: (distance: Int, name: String)?
    // No character has more than four bytes, so names of very different length need no closer look.
    for candidate in candidates
    where candidate != name && abs(candidate.utf8.count - name.utf8.count) <= 4 * furthest {
        guard let distance = editDistance(wanted[...], letters(of: candidate)[...], atMost: furthest) else { continue }
        if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true { best = (distance, candidate) }
    }
    return best?.name
}

/// The characters of a name, ASCII letters in lower case.
private func letters(of name: String) -> [UInt32] {
    name.unicodeScalars.map { ("A"..."Z").contains($0) ? $0.value + 0x20 : $0.value }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; `nil` when there are
/// more of them than asked for.
///
/// What both start with needs no edit, so only the first difference is branched on: O(4ᵏ · length), k = the most edits.
/// - Source: the optimal string alignment distance; F. Damerau, *A technique for computer detection and correction of
///   spelling errors*, CACM 7 (1964), https://doi.org/10.1145/363958.363994.
func editDistance<Element: Equatable>(_ a: ArraySlice<Element>, _ b: ArraySlice<Element>, atMost most: Int) -> Int? {
    guard abs(a.count - b.count) <= most else { return nil }
    let common = zip(a, b).prefix { $0 == $1 }.count
    let (a, b) = (a.dropFirst(common), b.dropFirst(common))
    guard let first = a.first, let other = b.first else { return max(a.count, b.count) }
    guard most > 0 else { return nil }
    var rests = [(a.dropFirst(), b), (a, b.dropFirst()), (a.dropFirst(), b.dropFirst())]
    if a.dropFirst().first == other, b.dropFirst().first == first { rests.append((a.dropFirst(2), b.dropFirst(2))) }
    return rests.compactMap { editDistance($0, $1, atMost: most - 1) }.min().map { $0 + 1 }
}
