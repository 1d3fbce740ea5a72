import CLibPQ
import Dispatch
import Glibc
import Synchronization

/// One thread that waits for all sockets and deadlines at once, and runs the actors that live on it (事件循环).
///
/// As an executor of actors it saves the hand-over between "the socket can be read" and "the actor reads it". The
/// thread never blocks but in waiting, so whatever runs on it must not block either.
final class SocketLoop: SerialExecutor {
    /// The loop of the process. It lives as long as the process does, since executors are referred to without owning.
    static let shared = SocketLoop()

    /// What a socket is waited for.
    struct Interest: OptionSet {
        let rawValue: UInt32
        static let reading = Interest(rawValue: 1)
        static let writing = Interest(rawValue: 2)

        fileprivate var events: UInt32 {
            var events: UInt32 = EPOLLRDHUP.rawValue
            if contains(.reading) { events |= EPOLLIN.rawValue }
            if contains(.writing) { events |= EPOLLOUT.rawValue }
            return events
        }
    }

    /// A deadline that was asked for; see ``at(_:do:)``.
    struct Alarm: Hashable, Sendable { fileprivate let number: UInt64 }

    private struct State {
        var jobs: [UnownedJob] = []
        var watchers: [CInt: @Sendable () -> Void] = [:]
        var alarms: [Alarm: (moment: ContinuousClock.Instant, action: @Sendable () -> Void)] = [:]
        /// No alarm is earlier.
        var next: ContinuousClock.Instant?
        var lastAlarm: UInt64 = 0
        var isWaiting = false
        var thread: pthread_t?
    }

    private let poll: CInt
    private let bell: CInt
    private let state = Mutex(State())

    private init() {
        poll = epoll_create1(CInt(EPOLL_CLOEXEC))
        bell = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(poll >= 0 && bell >= 0, "the system gives no descriptor to wait with")
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: bell))
        epoll_ctl(poll, EPOLL_CTL_ADD, bell, &event)
        let thread = DispatchQueue(label: "binglian.postgres", qos: .userInitiated)
        thread.async { self.run() }
    }

    // MARK: As an executor

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        change { $0.jobs.append(job) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() {
        let thread = state.withLock { $0.thread }
        precondition(thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false, "not on the thread of sockets")
    }

    // MARK: Sockets and deadlines

    /// Calls the closure on the loop whenever the socket is ready for what it is waited for, or is broken.
    func watch(_ socket: CInt, for interest: Interest, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.watchers[socket] = action }
        var event = epoll_event(events: interest.events, data: epoll_data_t(fd: socket))
        if epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event) != 0 { epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event) }
    }

    func change(_ socket: CInt, to interest: Interest) {
        var event = epoll_event(events: interest.events, data: epoll_data_t(fd: socket))
        epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event)
    }

    /// To be called before the socket is closed.
    func unwatch(_ socket: CInt) {
        state.withLock { _ = $0.watchers.removeValue(forKey: socket) }
        epoll_ctl(poll, EPOLL_CTL_DEL, socket, nil)
    }

    /// Calls the closure on the loop once, at the moment or right after it.
    @discardableResult
    func at(_ moment: ContinuousClock.Instant, do action: @escaping @Sendable () -> Void) -> Alarm {
        change { state in
            state.lastAlarm += 1
            let alarm = Alarm(number: state.lastAlarm)
            state.alarms[alarm] = (moment, action)
            state.next = min(state.next ?? moment, moment)
            return alarm
        }
    }

    /// - Returns: whether it had not gone off yet.
    @discardableResult
    func cancel(_ alarm: Alarm) -> Bool { state.withLock { $0.alarms.removeValue(forKey: alarm) != nil } }

    /// Waits, whether or not the caller is cancelled meanwhile.
    func sleep(until moment: ContinuousClock.Instant) async {
        await withCheckedContinuation { continuation in at(moment) { continuation.resume() } }
    }

    // MARK: The thread

    private func change<Value>(_ body: (inout State) -> Value) -> Value {
        let (value, rings) = state.withLock { state in
            let value = body(&state)
            defer { state.isWaiting = false }
            return (value, state.isWaiting)
        }
        if rings { eventfd_write(bell, 1) }
        return value
    }

    private func run() {
        state.withLock { $0.thread = pthread_self() }
        var ready = [epoll_event](repeating: epoll_event(), count: 64)
        let clock = ContinuousClock()
        while true {
            for job in takeJobs() { job.runSynchronously(on: asUnownedSerialExecutor()) }
            for action in takeDue(at: clock.now) { action() }
            let count = epoll_wait(poll, &ready, CInt(ready.count), patience(at: clock.now))
            state.withLock { $0.isWaiting = false }
            for event in ready.prefix(max(0, Int(count))) {
                let socket = event.data.fd
                if socket == bell {
                    var number: eventfd_t = 0
                    eventfd_read(bell, &number)
                } else {
                    state.withLock { $0.watchers[socket] }?()
                }
            }
        }
    }

    private func takeJobs() -> [UnownedJob] {
        state.withLock { state in
            let jobs = state.jobs
            state.jobs.removeAll(keepingCapacity: true)
            return jobs
        }
    }

    private func takeDue(at now: ContinuousClock.Instant) -> [@Sendable () -> Void] {
        state.withLock { state in
            guard let next = state.next, next <= now else { return [] }
            let due = state.alarms.filter { $0.value.moment <= now }.sorted { $0.key.number < $1.key.number }
            for (alarm, _) in due { state.alarms[alarm] = nil }
            state.next = state.alarms.values.map(\.moment).min()
            return due.map(\.value.action)
        }
    }

    /// Milliseconds to wait, rounded up; -1 without end.
    private func patience(at now: ContinuousClock.Instant) -> CInt {
        state.withLock { state in
            if !state.jobs.isEmpty { return 0 }
            state.isWaiting = true
            guard let next = state.next else { return -1 }
            return CInt(clamping: Int64(((next - now) / .milliseconds(1)).rounded(.up)))
        }
    }
}
