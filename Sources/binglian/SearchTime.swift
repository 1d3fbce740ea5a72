import ArgumentParser

/// How long a search may take: `500ms`, `5s`, `2m`; from a millisecond to a day.
struct SearchTime: ExpressibleByArgument, CustomStringConvertible {
    let milliseconds: Int

    static func seconds(_ seconds: Int) -> SearchTime { SearchTime(milliseconds: seconds * 1000) }

    private init(milliseconds: Int) { self.milliseconds = milliseconds }

    init?(argument: String) {
        let units = [("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)]
        guard let (suffix, factor) = units.first(where: { argument.hasSuffix($0.0) }),
            let number = Double(argument.dropLast(suffix.count)), (1...86_400_000).contains(number * factor)
        else { return nil }
        milliseconds = Int(number * factor)
    }

    var description: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }
    var defaultValueDescription: String { description }

    /// The share of it that has gone by since this was called.
    func share() -> () -> Double {
        let begin = ContinuousClock.now
        let whole = Duration.milliseconds(milliseconds)
        return { begin.duration(to: .now) / whole }
    }
}
