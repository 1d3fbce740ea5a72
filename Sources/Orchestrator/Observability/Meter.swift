import Synchronization

/// A number that a node reports of itself (指标). Safe from any task; reading it costs nobody anything.
public final class Meter: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    fileprivate struct Value {
        /// Of a counter or a gauge.
        var number = 0.0
        /// Of a histogram: how many were at most each bound, how many in all, and their sum.
        var buckets: [Int]
        var count = 0
        var sum = 0.0
    }

    let name: String
    let help: String
    let kind: Kind
    /// The names of its labels, in order.
    let labels: [String]
    let bounds: [Double]
    private let values = Mutex<[[String]: Value]>([:])

    /// Series of one meter: whatever labels others send, memory stays bounded; what is more goes under `other`.
    static let seriesLimit = 200

    init(name: String, help: String, kind: Kind, labels: [String], bounds: [Double] = []) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.bounds = bounds
        if labels.isEmpty { change([]) { _ in } }
    }

    /// Counts so many more.
    ///
    /// - Parameter labels: the values of the meter's labels, in order.
    public func add(_ count: Int, _ labels: String...) { change(labels) { $0.number += Double(count) } }

    /// Sets a gauge.
    public func set(_ value: Double, _ labels: String...) { change(labels) { $0.number = value } }

    /// Notes one observation of a histogram, in the unit of its name.
    public func observe(_ value: Double, _ labels: String...) {
        change(labels) { series in
            for (index, bound) in bounds.enumerated() where value <= bound { series.buckets[index] += 1 }
            series.count += 1
            series.sum += value
        }
    }

    /// What a counter or a gauge stands at.
    public func value(_ labels: String...) -> Double { values.withLock { $0[labels]?.number ?? 0 } }

    private func change(_ labels: [String], _ body: (inout Value) -> Void) {
        precondition(labels.count == self.labels.count, "\(name) has \(self.labels.count) labels")
        values.withLock { values in
            let isKnown = values[labels] != nil
            let key =
                isKnown || values.count < Self.seriesLimit ? labels : Array(repeating: "other", count: labels.count)
            body(&values[key, default: Value(buckets: Array(repeating: 0, count: bounds.count))])
        }
    }

    /// As Prometheus reads it, series in order of their labels.
    var text: String {
        let values = values.withLock { $0 }
        var lines = ["# HELP \(name) \(help)", "# TYPE \(name) \(kind.rawValue)"]
        for (labels, value) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let pairs = zip(self.labels, labels).map { "\($0)=\"\(Self.escaped($1))\"" }
            func series(_ suffix: String, _ more: String? = nil) -> String {
                let all = pairs + (more.map { [$0] } ?? [])
                return name + suffix + (all.isEmpty ? "" : "{\(all.joined(separator: ","))}")
            }
            guard kind == .histogram else {
                lines.append("\(series("")) \(Self.number(value.number))")
                continue
            }
            for (bound, count) in zip(bounds, value.buckets) {
                lines.append("\(series("_bucket", "le=\"\(Self.number(bound))\"")) \(count)")
            }
            lines.append("\(series("_bucket", "le=\"+Inf\"")) \(value.count)")
            lines.append("\(series("_sum")) \(Self.number(value.sum))")
            lines.append("\(series("_count")) \(value.count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}

/// The meters of a process (指标登记).
public final class MeterRegistry: Sendable {
    private let meters = Mutex<[String: Meter]>([:])

    /// Upper bounds of histograms of seconds: 1 ms to 10 s.
    public static let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    public init() {}

    /// A number that only grows. Asked for again under its name, it is the same.
    public func counter(_ name: String, _ help: String, labels: [String] = []) -> Meter {
        meter(Meter(name: name, help: help, kind: .counter, labels: labels))
    }

    /// A number that goes up and down.
    public func gauge(_ name: String, _ help: String, labels: [String] = []) -> Meter {
        meter(Meter(name: name, help: help, kind: .gauge, labels: labels))
    }

    /// How observations are spread over bounds, rising.
    public func histogram(
        _ name: String, _ help: String, labels: [String] = [], bounds: [Double] = MeterRegistry.seconds
    ) -> Meter {
        meter(Meter(name: name, help: help, kind: .histogram, labels: labels, bounds: bounds))
    }

    private func meter(_ new: Meter) -> Meter {
        meters.withLock { meters in
            if let known = meters[new.name] {
                precondition(known.kind == new.kind && known.labels == new.labels, "\(new.name) is another meter")
                return known
            }
            meters[new.name] = new
            return new
        }
    }

    /// Everything in the text format 0.0.4 of Prometheus, meters in order of name.
    public var text: String {
        meters.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value.text).joined()
    }
}
