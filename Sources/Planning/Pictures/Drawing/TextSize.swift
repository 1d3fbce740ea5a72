import WorkflowModel

/// How dense a text is set, to know how much room it takes without a font at hand.
enum TextSize {
    /// Pixels that a text takes, nearly: a Chinese character its full height, any other a little more than half of it.
    static func width(of text: String, size: Double = 13) -> Double {
        text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
    }

    private static func share(of scalar: Unicode.Scalar) -> Double {
        if scalar.value < 0x300 { return 0.55 }
        switch DisplayWidth.columns(of: String(scalar)) {
        case 0: return 0
        case 1: return 0.55
        default: return 1
        }
    }

    /// The text in at most so many lines of a width, broken at spaces or between Chinese characters; `…` where the last
    /// line had to be cut.
    ///
    /// - Complexity: O(characters).
    static func lines(of text: String, width: Double, size: Double = 13, atMost limit: Int) -> [String] {
        var lines: [String] = []
        var (line, used) = ("", 0.0)
        for word in words(of: text) {
            let wide = self.width(of: word, size: size)
            if used + wide <= width || word == " " {
                if word != " " || !line.isEmpty { (line, used) = (line + word, used + wide) }
                continue
            }
            if lines.count + 1 == limit || line.isEmpty {
                // Nothing more fits: the last line ends here, and so does a word that no line holds.
                line = cut(line + word, width: width, size: size)
                if lines.count + 1 == limit { break }
                lines.append(line)
                (line, used) = ("", 0)
                continue
            }
            lines.append(line)
            (line, used) = wide <= width ? (word, wide) : (cut(word, width: width, size: size), width)
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map(\.trimmed).filter { !$0.isEmpty }
    }

    /// The text on one line.
    static func line(of text: String, width: Double, size: Double) -> String {
        lines(of: text, width: width, size: size, atMost: 1).first ?? ""
    }

    private static func cut(_ text: String, width: Double, size: Double) -> String {
        var kept = ""
        var used = self.width(of: "…", size: size)
        for character in text {
            used += self.width(of: String(character), size: size)
            if used > width { break }
            kept.append(character)
        }
        return kept.trimmed + "…"
    }

    /// Where a line may break: at spaces, and before every Chinese character that may begin a line.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var (isAfterWide, isAfterOpening, isAfterSpace) = (true, false, false)
        for character in text {
            let isWide = width(of: String(character), size: 1) >= 1
            let staysBehind = "，。、；：）」』】！？”’".contains(character)
            let mayBreak = !isAfterOpening && !staysBehind && (isWide || isAfterWide)
            if words.isEmpty || character == " " || isAfterSpace || mayBreak {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
            (isAfterWide, isAfterOpening, isAfterSpace) = (isWide, "（「『【“‘".contains(character), character == " ")
        }
        return words
    }
}

extension String {
    /// Without spaces at its ends.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
