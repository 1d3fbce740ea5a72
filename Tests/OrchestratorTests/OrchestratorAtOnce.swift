import CaseEngine

/// Does something so often at the same time; the answers in order of number.
func atOnce<Answer: Sendable>(
    _ count: Int, _ act: @escaping @Sendable (Int) async throws -> Answer
) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
        for number in 0..<count { group.addTask { (number, try await act(number)) } }
        var answers: [(Int, Answer)] = []
        for try await answer in group { answers.append(answer) }
        return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

/// What came of things that were tried at the same time.
struct Attempts<Answer: Sendable>: Sendable {
    var successes: [Answer] = []
    var rejections: [CaseRejection] = []
    var errors: [any Error] = []
}

func attempts<Answer: Sendable>(
    _ count: Int, _ act: @escaping @Sendable (Int) async throws -> Answer
) async -> Attempts<Answer> {
    await withTaskGroup(of: Result<Answer, any Error>.self) { group in
        for number in 0..<count {
            group.addTask {
                do { return .success(try await act(number)) } catch { return .failure(error) }
            }
        }
        var attempts = Attempts<Answer>()
        for await result in group {
            switch result {
            case .success(let answer): attempts.successes.append(answer)
            case .failure(let rejection as CaseRejection): attempts.rejections.append(rejection)
            case .failure(let error): attempts.errors.append(error)
            }
        }
        return attempts
    }
}
