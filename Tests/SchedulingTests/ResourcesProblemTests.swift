import Scheduling
import Testing

@Suite("Shared teams: problems and files")
struct ResourcesProblemTests {
    private func error(
        _ activities: [ResourceProblem.Activity], _ relations: [ResourceProblem.Relation] = [],
        _ resources: [ResourceProblem.Resource] = [.init("r", capacity: 2)],
        _ projects: [ResourceProblem.Project] = [.init("p")]
    ) -> ResourceProblemError? {
        do {
            _ = try ResourceProblem(
                activities: activities, relations: relations, resources: resources, projects: projects)
            return nil
        } catch { return error }
    }

    @Test("Impossible problems are refused with the reason")
    func refusals() {
        #expect(error([.init("a", duration: 1)], [], [], []) == .noProject)
        #expect(error([.init("a", duration: -1)]) == .periodOutOfRange(-1, id: "a"))
        #expect(error([.init("a", duration: 1, needs: [1: 1])]) == .unknownResource(1, activity: "a"))
        #expect(error([.init("a", duration: 0, needs: [0: 1])]) == .needOutOfRange(1, activity: "a"))
        #expect(
            error([.init("a", duration: 1, needs: [0: 3])])
                == .needExceedsCapacity(3, capacity: 2, resource: "r", activity: "a"))
        #expect(error([.init("a", duration: 1, project: 1)]) == .unknownProject(1, activity: "a"))
        #expect(error([.init("a", duration: 1)], [.init(0, 1)]) == .unknownActivity(relation: 0))
        #expect(
            error([.init("a", duration: 1), .init("b", duration: 1)], [.init(0, 1), .init(1, 0)])
                == .cycle(activities: ["a", "b"]))
        #expect(
            error([.init("a", duration: 1)], [], [.init("r", capacity: 40_000)])
                == .capacityOutOfRange(40_000, resource: "r"))
        #expect(
            error(
                [.init("a", duration: 1)], [],
                [.init("r", capacity: 1, windows: [.init(3..<5, capacity: 0), .init(4..<6, capacity: 0)])])
                == .windowOutOfOrder(4..<6, resource: "r"))
        #expect(error([.init("a", duration: 1)], [], [], [.init("p", weight: 0)]) == .weightOutOfRange(0, project: "p"))
        #expect(
            error([.init("a", duration: 1 << 20), .init("b", duration: 5)]) == .horizonTooLong((1 << 20) + 5))
    }

    /// Three activities, one resource: 2 and 3 exclude each other.
    private let small = """
        ************************************************************************
        projects                      :  1
        jobs (incl. supersource/sink ):  5
        horizon                       :  12
          - renewable                 :  1   R
          - nonrenewable              :  0   N
        ************************************************************************
        PRECEDENCE RELATIONS:
        jobnr.    #modes  #successors   successors
           1        1          2           2   3
           2        1          1           4
           3        1          1           4
           4        1          1           5
           5        1          0
        ************************************************************************
        REQUESTS/DURATIONS:
        jobnr. mode duration  R 1
        ------------------------------------------------------------------------
          1      1     0       0
          2      1     3       2
          3      1     4       2
          4      1     2       1
          5      1     0       0
        ************************************************************************
        RESOURCEAVAILABILITIES:
          R 1
            3
        ************************************************************************
        """

    @Test("A PSPLIB file is read with its jobs, relations and capacities")
    func reading() throws {
        let problem = try PSPLIBFile.read(small)
        #expect(problem.activities.map(\.duration) == [0, 3, 4, 2, 0])
        #expect(problem.relations.count == 5)
        #expect(problem.resources.map(\.capacity) == [3])
        #expect(problem.criticalPathLength == 6)
        var solver = ResourceSolver(problem)
        let schedule = solver.solve(schedules: 100)
        #expect(schedule.makespan == 9)
        #expect(schedule.lowerBound == 9)
        #expect(schedule.ending == .optimal)
        let windows = small.replacing("\n", with: "\r\n").replacing("   4", with: "\t4 ")
        #expect(try PSPLIBFile.read(windows).activities == problem.activities)
    }

    @Test(
        "What cannot be read is named with its line",
        arguments: [
            ("jobs (incl. supersource/sink ):  5", "jobs (incl. supersource/sink ):  x", 3),
            ("jobs (incl. supersource/sink ):  5", "jobs (incl. supersource/sink ):  999999", 3),
            ("nonrenewable              :  0", "nonrenewable              :  2", 6),
            ("1          2           2   3", "1          2           2   7", 10),
            ("1          2           2   3", "1          3           2   3", 10),
            ("2      1     3       2", "2      1     3       9", 20),
            ("2      1     3       2", "2      2     3       2", 20),
            ("2      1     3       2", "2      1     3", 20),
            ("2      1     3       2", "2      1    -3       2", 20),
            ("    3\n***", "    x\n***", 27),
            ("PRECEDENCE RELATIONS:", "RELATIONS:", 0),
        ])
    func failures(text: String, by other: String, line: Int) {
        #expect {
            try PSPLIBFile.read(small.replacing(text, with: other))
        } throws: { error in
            (error as? PSPLIBFile.Failure)?.line == line
        }
    }

    @Test("A file that ends anywhere is refused or read, never more")
    func truncation() {
        for length in 0..<small.utf8.count where length % 7 == 0 {
            let cut = String(decoding: small.utf8.prefix(length), as: UTF8.self)
            _ = try? PSPLIBFile.read(cut)
        }
    }
}
