import Logging
import Synchronization
import WorkCalendar

/// A node of the office (节点): does by itself what nobody asks for. Timers fire, messages go out, jobs are computed.
///
/// Any number of nodes may work on one store. Each does the work whose lease it has; when one is killed, the others have
/// its work after the leases' time, within three seconds by default. Nothing rests on that: commands have their keys,
/// deliveries the receivers' dedup keys, parts of jobs their tokens.
///
/// A store that is away makes the loops wait, longer each time up to a bound, and the log says so once.
public final class Node: Sendable {
    public struct Settings: Sendable {
        /// Unique among the nodes of a store.
        public var name: String
        public var timeToLive: Duration
        /// How often a loop without work looks again.
        public var poll: Duration
        /// Parts of jobs done at a time; 0 does none.
        public var jobWidth: Int
        /// After which a part of a job is given up.
        public var jobDeadline: Duration
        /// Between tries of one message.
        public var retry: Backoff
        /// Failed tries before a message is a dead letter: with ``retry``, about a day.
        public var deliveryTries: Int

        public init(
            name: String, timeToLive: Duration = .seconds(2), poll: Duration = .milliseconds(250), jobWidth: Int = 2,
            jobDeadline: Duration = .seconds(300),
            retry: Backoff = Backoff(first: .seconds(1), longest: .seconds(3600)), deliveryTries: Int = 36
        ) {
            self.name = name
            self.timeToLive = timeToLive
            self.poll = poll
            self.jobWidth = jobWidth
            self.jobDeadline = jobDeadline
            self.retry = retry
            self.deliveryTries = deliveryTries
        }
    }

    public let settings: Settings
    private let store: any OfficeStore
    private let leases: LeaseKeeper
    private let parking: Parking
    private let timers: TimerWork
    private let outbox: OutboxWork?
    private let shards: ShardWork
    private let meters: NodeMeters
    private let logger: Logger
    /// Work that there is beside the timers: the receivers for whom messages wait.
    private let receivers = Mutex<[String]>([])
    /// Deliveries that are under way, by receiver.
    private let deliveries = Mutex<[String: Task<Void, Never>]>([:])

    /// - Parameter delivery: the way to receivers of messages; without one they wait.
    public init(
        store: any OfficeStore, orchestrator: Orchestrator, clock: any OfficeClock, settings: Settings,
        delivery: (any MessageDelivery)? = nil, workers: [any ShardWorker] = [],
        registry: MeterRegistry = MeterRegistry(), logger: Logger = Logger(label: "binglian.node")
    ) {
        self.settings = settings
        self.store = store
        self.logger = logger
        let meters = NodeMeters(registry)
        self.meters = meters
        let leases = LeaseKeeper(node: settings.name, timeToLive: settings.timeToLive, store: store)
        self.leases = leases
        let parking = Parking(store: store)
        self.parking = parking
        timers = TimerWork(
            store: store, orchestrator: orchestrator, clock: clock, parking: parking, meters: meters, logger: logger,
            inHand: WorkInHand(store: store, node: settings.name), alive: { leases.alive })
        outbox = delivery.map {
            OutboxWork(
                store: store, delivery: $0, retry: settings.retry, tries: settings.deliveryTries, meters: meters,
                logger: logger)
        }
        shards = ShardWork(
            store: store, workers: Dictionary(workers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first }),
            node: settings.name, timeToLive: settings.timeToLive, deadline: settings.jobDeadline, meters: meters,
            logger: logger)
    }

    /// Works until the task is cancelled; then lets its leases go.
    public func run() async throws {
        logger.info("node started", metadata: ["node": "\(settings.name)"])
        await withDiscardingTaskGroup { group in
            group.addTask {
                await self.repeated("leases", every: self.settings.timeToLive / 4) { try await self.renew() }
            }
            group.addTask {
                await self.repeated("timers", every: self.settings.poll) {
                    try await self.timers.fireDue { self.leases.lease(WorkShare.timers($0)) != nil }
                }
            }
            group.addTask {
                await self.repeated("upkeep", every: .seconds(5)) {
                    try await self.parking.refresh()
                    let store = self.store
                    _ = try await StoreDeadline.within("sweep") { () async throws(StoreError) in
                        try await store.sweep(at: .now)
                    }
                    return 0
                }
            }
            if let outbox = self.outbox {
                group.addTask {
                    await self.repeated("outbox", every: self.settings.poll) { try await self.startDeliveries(outbox) }
                    await self.endDeliveries()
                }
            }
            if self.settings.jobWidth > 0, !self.shards.workers.isEmpty {
                group.addTask {
                    await self.repeated("jobs", every: self.settings.poll) {
                        try await self.shards.work(limit: self.settings.jobWidth)
                    }
                }
            }
        }
        await leases.releaseAll()
        logger.info("node stopped", metadata: ["node": "\(settings.name)"])
    }

    private func renew() async throws -> Int {
        let timers = (0..<WorkShare.timerParts).map { WorkShare.timers($0) }
        let outbox = receivers.withLock { $0 }.map { WorkShare.outbox($0) }
        try await leases.renew(timers + outbox)
        meters.leases.set(Double(leases.heldCount))
        return 0
    }

    /// One task a receiver: who is slow or away holds up nobody else.
    private func startDeliveries(_ outbox: OutboxWork) async throws -> Int {
        let waiting = try await outbox.receivers()
        receivers.withLock { $0 = waiting }
        for receiver in waiting {
            guard let lease = leases.lease(WorkShare.outbox(receiver)) else { continue }
            deliveries.withLock { deliveries in
                if deliveries[receiver] != nil { return }
                deliveries[receiver] = Task {
                    do {
                        var delivered = 1
                        while delivered > 0, !Task.isCancelled {
                            delivered = try await outbox.deliver(to: receiver, under: lease)
                        }
                    } catch {
                        self.logger.debug("deliveries wait for the store", metadata: ["receiver": "\(receiver)"])
                    }
                    _ = self.deliveries.withLock { $0.removeValue(forKey: receiver) }
                }
            }
        }
        return 0
    }

    /// What is on its way is cut off: it is delivered again, and the receiver knows it by its id.
    private func endDeliveries() async {
        let open = deliveries.withLock { Array($0.values) }
        for delivery in open { delivery.cancel() }
        for delivery in open { await delivery.value }
    }

    /// Does something again and again: at once while there is work, after a pause otherwise, later and later while the
    /// store is away.
    private func repeated(_ name: String, every pause: Duration, _ body: () async throws -> Int) async {
        let backoff = Backoff(first: pause, longest: max(pause, .seconds(10)))
        var failures = 0
        while !Task.isCancelled {
            var rest = pause
            do {
                let done = try await body()
                if failures > 0 {
                    logger.notice("the store is back", metadata: ["loop": "\(name)", "failures": "\(failures)"])
                    failures = 0
                }
                if done > 0 { rest = .zero }
            } catch {
                if Task.isCancelled { return }
                failures += 1
                meters.storeFailures.add(1)
                if failures == 1 {
                    logger.error(
                        "the store is away; trying again",
                        metadata: ["loop": "\(name)", "cause": "\(TimerWork.cause(error))"])
                }
                rest = max(.milliseconds(20), backoff.delay(after: failures))
            }
            if rest == .zero { await Task.yield() } else { try? await Task.sleep(for: rest) }
        }
    }
}
