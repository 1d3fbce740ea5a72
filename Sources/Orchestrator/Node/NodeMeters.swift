/// What a node counts of its own work.
struct NodeMeters: Sendable {
    let timersFired: Meter
    let delivered: Meter
    let failed: Meter
    let dead: Meter
    let shards: Meter
    let storeFailures: Meter
    let leases: Meter

    init(_ registry: MeterRegistry) {
        timersFired = registry.counter("binglian_timers_fired_total", "Cases whose timers were let happen.")
        delivered = registry.counter("binglian_messages_delivered_total", "Messages that receivers confirmed.")
        failed = registry.counter("binglian_messages_failed_total", "Deliveries that failed and are tried again.")
        dead = registry.counter("binglian_messages_dead_total", "Messages that were given up.")
        shards = registry.counter("binglian_shards_done_total", "Parts of jobs that were finished.")
        storeFailures = registry.counter("binglian_store_failures_total", "Rounds of a loop that the store ended.")
        leases = registry.gauge("binglian_leases_held", "Leases of this node.")
    }
}
