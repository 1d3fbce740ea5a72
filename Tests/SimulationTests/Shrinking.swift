/// Makes a failing history shorter: what can be left out while it still fails is no part of the reason.
enum Shrinking {
    struct Short {
        let failure: Failure
        let dropped: Set<Int>
        let stimuli: Int

        var words: String {
            let last = failure.trace.suffix(60).joined(separator: "\n")
            return """
                \(failure)
                Replay it with SEED=\(failure.seed) MODE=\(failure.mode.rawValue) TRACE=1. Of \(stimuli) stimuli \
                \(stimuli - dropped.count) are enough:
                \(last)
                """
        }
    }

    /// So many times a history is run again at most.
    private static let attempts = 160

    static func shortened(_ failure: Failure) -> Short {
        var attempts = attempts
        /// What is left of the failure without some stimuli.
        func fails(_ dropped: Set<Int>) -> (Failure, Int)? {
            attempts -= 1
            let simulator = Simulator(seed: failure.seed, mode: failure.mode, dropping: dropped, traces: true)
            do {
                try simulator.run()
                return nil
            } catch let again as Failure {
                return again.kinds == failure.kinds ? (again, simulator.stimuli) : nil
            } catch {
                return nil
            }
        }
        guard var (shortest, stimuli) = fails([]) else { return Short(failure: failure, dropped: [], stimuli: 0) }
        var dropped: Set<Int> = []
        var size = max(1, stimuli / 2)
        while attempts > 0 {
            var hasDropped = false
            // What is left may be shorter than it was.
            for start in stride(from: 0, to: stimuli, by: size) where attempts > 0 && start < stimuli {
                let part = Set(start..<min(start + size, stimuli)).subtracting(dropped)
                guard !part.isEmpty, let (again, count) = fails(dropped.union(part)) else { continue }
                dropped.formUnion(part)
                shortest = again
                stimuli = count
                hasDropped = true
            }
            if size == 1, !hasDropped { break }
            size = max(1, size / 2)
        }
        return Short(failure: shortest, dropped: dropped.filter { $0 < stimuli }, stimuli: stimuli)
    }
}

extension Failure {
    /// Which invariants it breaks.
    fileprivate var kinds: Set<String> { Set(problems.map { String($0.prefix { $0 != ":" }) }) }
}
