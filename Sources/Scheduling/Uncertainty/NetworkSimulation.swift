/// Monte Carlo simulation of an activity network (蒙特卡洛模拟): the pure part, which draws and solves ranges of samples.
///
/// A sample is what its number and the seed say, whatever else is drawn: ranges may be run in any order and on any
/// thread, and their parts appended in order are always the same bits.
public struct NetworkSimulation: Sendable {
    public let network: ActivityNetwork
    public let uncertainties: [Uncertainty]
    public let settings: SimulationSettings
    public let windows: [TimeWindow]
    /// The project's start.
    public let start: Minute

    let sampler: DurationSampler
    private let solver: Solver
    private let windowPasses: [WindowPass]
    private let floatCalendar: Int?
    let thresholds: [DriverTally.Thresholds]

    private enum Solver: Sendable {
        case lanes(LanePass)
        case days(DayPass)
        case general
    }

    /// - Parameters:
    ///   - uncertainties: of the activities, in order of input.
    ///   - windows: what is measured besides the finish; needs calendars of the same hours and no constraints.
    ///   - emptyStays: an activity that takes no time in a sample happens as soon as it may, also outside working time;
    ///     else by the rule for milestones.
    ///   - floatCalendar: the calendar on which float is counted; `nil` is each activity's own.
    /// - Throws: the first mistake found in the uncertainties.
    public init(
        _ network: ActivityNetwork, _ uncertainties: [Uncertainty], start: Minute,
        settings: SimulationSettings = SimulationSettings(), windows: [TimeWindow] = [], emptyStays: Bool = false,
        floatCalendar: Int? = nil
    ) throws(SimulationError) {
        sampler = try DurationSampler(network, uncertainties, settings)
        self.network = network
        self.uncertainties = uncertainties
        self.settings = settings
        self.windows = windows
        self.start = start
        self.floatCalendar = floatCalendar
        if windows.isEmpty,
            let lanes = LanePass(
                network, longest: sampler.longest, mayBeAbsent: sampler.mayBeAbsent)
        {
            solver = .lanes(lanes)
        } else if let days = DayPass(
            network, start: start, longest: sampler.longest, mayBeEmpty: sampler.mayBeEmpty,
            mayBeAbsent: sampler.mayBeAbsent,
            others: Set(windows.map(\.calendar) + [floatCalendar].compactMap(\.self)), emptyStays: emptyStays)
        {
            solver = .days(days)
        } else {
            guard windows.isEmpty else { throw .windowsNeedOneKindOfDay }
            solver = .general
        }
        windowPasses = windows.map { WindowPass($0, network) }
        let sampler = sampler
        thresholds = network.order.enumerated().map { position, index in
            sampler.isUncertain[position]
                ? DriverTally.Thresholds(uncertainties[Int(index)]) : DriverTally.Thresholds(low: -1, high: .infinity)
        }
    }

    /// Draws and solves samples.
    ///
    /// - Parameters:
    ///   - samples: begins at a multiple of `SampleBlock.size`.
    ///   - detail: how much is counted about each activity.
    /// - Complexity: O(samples × (activities + relations)); for plain networks on one calendar, eight samples at once.
    public func run(_ samples: Range<Int>, detail: SimulationDetail = .drivers) -> SimulationPart {
        precondition(samples.lowerBound % SampleBlock.size == 0, "samples begin with a block")
        var part = SimulationPart(of: self, from: samples.lowerBound, detail: detail)
        part.finishes.reserveCapacity(samples.count)
        var room = sampler.room()
        var lanes: LanePass.Room?
        var dates: DayPass.Dates?
        var windowRooms = windowPasses.map { $0.room() }
        for first in stride(from: samples.lowerBound, to: samples.upperBound, by: SampleBlock.size) {
            let count = min(SampleBlock.size, samples.upperBound - first)
            sampler.draw(block: first / SampleBlock.size, into: &room)
            switch solver {
            case .lanes(let pass):
                var own = lanes ?? pass.room()
                lanes = nil  // so that there is one owner
                pass.forward(room.durations, &own)
                for sample in 0..<count { part.finishes.append(Int32(own.finish[sample / 8][sample % 8])) }
                if detail > .outcomes {
                    pass.backward(room.durations, &own, samples: count, critical: &part.critical[0])
                }
                lanes = own
            case .days(let pass):
                var own = dates ?? pass.dates()
                dates = nil
                for sample in 0..<count {
                    solve(sample, of: room.durations, pass, &own, &windowRooms, into: &part, detail)
                }
                dates = own
            case .general:
                for sample in 0..<count { solveInGeneral(sample, of: room.durations, into: &part, detail) }
            }
            if detail == .drivers { part.note(room.durations, first: first, count: count, in: self) }
        }
        part.close(at: samples.upperBound)
        return part
    }

    private func solve(
        _ sample: Int, of durations: [SampleLanes], _ pass: DayPass, _ dates: inout DayPass.Dates,
        _ rooms: inout [WindowPass.Room], into part: inout SimulationPart, _ detail: SimulationDetail
    ) {
        for position in dates.durations.indices {
            dates.durations[position] = Int(durations[position * SampleBlock.vectors + sample / 8][sample % 8])
        }
        pass.forward(&dates)
        part.finishes.append(Int32((dates.finish.max() ?? pass.start) - pass.start))
        if detail > .outcomes {
            pass.backward(&dates, goals: [], floatOn: floatCalendar, critical: &part.critical[0])
        }
        for (number, window) in windowPasses.enumerated() {
            part.measures[number].append(window.measure(dates, pass.axis, &rooms[number]))
            if detail > .outcomes {
                pass.backward(&dates, goals: window.goals, floatOn: floatCalendar, critical: &part.critical[number + 1])
            }
        }
    }

    /// The general rules, sample by sample, for networks with constraints or hours that differ.
    private func solveInGeneral(
        _ sample: Int, of durations: [SampleLanes], into part: inout SimulationPart, _ detail: SimulationDetail
    ) {
        let drawn = network.position.map {
            Int(durations[Int($0) * SampleBlock.vectors + sample / 8][sample % 8])
        }
        let table = CriticalPath.solveInGeneral(network.with(durations: drawn), ScheduleTerms(start: start))
        part.finishes.append(Int32(clamping: (table.earlyFinish.max() ?? start) - start))
        guard detail > .outcomes else { return }
        for position in table.totalFloat.indices where table.totalFloat[position] <= 0 {
            let happens = durations[position * SampleBlock.vectors + sample / 8][sample % 8] > 0
            if happens || !sampler.mayBeAbsent[position] { part.critical[0][position] += 1 }
        }
    }

    /// The durations that samples draw, of every activity in order of input, in minutes; 0 for what does not happen.
    /// - Parameter samples: begins at a multiple of `SampleBlock.size`.
    /// - Complexity: O(samples × activities).
    public func durations(of samples: Range<Int>) -> [[Int]] {
        precondition(samples.lowerBound % SampleBlock.size == 0, "samples begin with a block")
        var room = sampler.room()
        var columns = [[Int]](repeating: [], count: network.activities.count)
        for first in stride(from: samples.lowerBound, to: samples.upperBound, by: SampleBlock.size) {
            sampler.draw(block: first / SampleBlock.size, into: &room)
            for index in columns.indices {
                let row = Int(network.position[index]) * SampleBlock.vectors
                for sample in 0..<min(SampleBlock.size, samples.upperBound - first) {
                    columns[index].append(Int(room.durations[row + sample / 8][sample % 8]))
                }
            }
        }
        return columns
    }

    /// The instant that a finish of `SimulationPart.finishes` stands for.
    public func instant(ofFinish finish: Int) -> Minute {
        switch solver {
        case .lanes:
            guard finish != 0, let calendar = network.calendarOf.first else { return start }
            return network.calendars[Int(calendar)].add(finish, to: start)
        case .days(let pass): return finish == 0 ? start : pass.axis.instant(of: pass.start + finish)
        case .general: return start + finish
        }
    }
}

/// How much a simulation counts about each activity; each includes the one before.
public enum SimulationDetail: Int, Sendable, Comparable {
    /// Nothing: finishes and windows alone.
    case outcomes
    /// How often it is critical.
    case criticality
    /// How its duration goes with what is measured.
    case drivers

    public static func < (a: SimulationDetail, b: SimulationDetail) -> Bool { a.rawValue < b.rawValue }
}
