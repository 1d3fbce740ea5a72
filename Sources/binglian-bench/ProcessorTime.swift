import Glibc

/// Seconds that the calling thread has worked.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Seconds of work on the calling thread, however busy the machine is.
func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
    let begin = processorSeconds()
    try work()
    return processorSeconds() - begin
}
