/// Many projects that share the review teams of departments (项目组合).
///
/// Each project goes through a network of its template. An activity asks its department for a team as soon as its
/// predecessors are done, waits in line, and holds the team until it is finished; an activity of nobody just takes its
/// time. Instants are working minutes from a common origin, so a portfolio has one calendar; projects that mix working and
/// calendar days are for the simulation that drives the case engine.
public struct Portfolio: Sendable {
    /// A department and how many of its teams work side by side 审查组.
    public struct Department: Sendable, Hashable {
        public var id: String
        /// At least 1.
        public var teams: Int

        public init(_ id: String, teams: Int) {
            self.id = id
            self.teams = teams
        }
    }

    /// The activities that a kind of project goes through, finish to start.
    public struct Template: Sendable, Hashable {
        /// The department of each activity, by index; `nil` when it needs no team.
        public var departments: [Int?]
        public var relations: [Relation]

        public init(departments: [Int?], relations: [Relation]) {
            self.departments = departments
            self.relations = relations
        }

        /// The successor waits for the predecessor's finish; both by index.
        public struct Relation: Sendable, Hashable {
            public var predecessor: Int
            public var successor: Int

            public init(_ predecessor: Int, _ successor: Int) {
                self.predecessor = predecessor
                self.successor = successor
            }
        }
    }

    /// A project: which network, and when it arrives.
    public struct Project: Sendable, Hashable {
        /// By index.
        public var template: Int
        /// Working minute, 0...`latest`.
        public var arrival: Int

        public init(template: Int, arrival: Int) {
            self.template = template
            self.arrival = arrival
        }
    }

    public let departments: [Department]
    public let templates: [Template]
    public let projects: [Project]

    /// The latest instant that is counted to: some four thousand years of working time.
    public static let latest = Int(Int32.max)
    /// Most activities of all projects together.
    public static let largest = 50_000_000

    /// Project → index of its first activity among those of all projects; one more at the end.
    let firstActivity: [Int]
    /// The activities of all templates, one template after the other: department or −1, number of predecessors, and
    /// where the successors begin.
    let departmentOf: [Int32]
    let predecessorCount: [Int32]
    let firstSuccessor: [Int32]
    /// As activities of all templates.
    let successor: [Int32]
    /// Template → index of its first activity among those of all templates.
    let templateStart: [Int]

    /// - Throws: the first `PortfolioError`.
    /// - Complexity: O(templates' activities and relations + projects).
    public init(departments: [Department], templates: [Template], projects: [Project]) throws(PortfolioError) {
        for department in departments where department.teams < 1 { throw .noTeam(department: department.id) }
        var start = [0]
        var departmentOf: [Int32] = []
        var predecessorCount: [Int32] = []
        var firstSuccessor: [Int32] = [0]
        var successor: [Int32] = []
        for (number, template) in templates.enumerated() {
            let arcs = try template.arcs(number: number, departments: departments.count)
            let base = Int32(departmentOf.count)
            departmentOf += template.departments.map { Int32($0 ?? -1) }
            var counts = [Int32](repeating: 0, count: template.departments.count)
            for end in arcs.successors { counts[Int(end)] += 1 }
            predecessorCount += counts
            let out = arcs.relationsOutOfEach
            for activity in template.departments.indices {
                successor += out.arcs[out.range(of: activity)].map { base + arcs.successors[Int($0)] }
                firstSuccessor.append(Int32(successor.count))
            }
            start.append(departmentOf.count)
        }
        var firstActivity = [0]
        for (number, project) in projects.enumerated() {
            guard templates.indices.contains(project.template) else {
                throw .unknownTemplate(project.template, project: number)
            }
            guard (0...Self.latest).contains(project.arrival) else {
                throw .arrivalOutOfRange(project.arrival, project: number)
            }
            firstActivity.append(firstActivity[number] + templates[project.template].departments.count)
        }
        guard firstActivity[projects.count] <= Self.largest else {
            throw .tooLarge(activities: firstActivity[projects.count])
        }
        self.departments = departments
        self.templates = templates
        self.projects = projects
        self.firstActivity = firstActivity
        self.departmentOf = departmentOf
        self.predecessorCount = predecessorCount
        self.firstSuccessor = firstSuccessor
        self.successor = successor
        self.templateStart = start
    }

    /// The activities of all projects together, project by project.
    public var activityCount: Int { firstActivity[projects.count] }

    /// The activities of a project among those of all projects.
    public func activities(of project: Int) -> Range<Int> { firstActivity[project]..<firstActivity[project + 1] }
}

extension Portfolio.Template {
    fileprivate func arcs(number: Int, departments count: Int) throws(PortfolioError) -> Arcs {
        for (activity, department) in departments.enumerated() {
            if let department, !(0..<count).contains(department) {
                throw .unknownDepartment(department, template: number, activity: activity)
            }
        }
        for relation in relations
        where !departments.indices.contains(relation.predecessor) || !departments.indices.contains(relation.successor) {
            throw .unknownActivity(relation, template: number)
        }
        let arcs = Arcs(
            count: departments.count, predecessors: relations.map { Int32($0.predecessor) },
            successors: relations.map { Int32($0.successor) })
        guard arcs.topologicalOrder() != nil else {
            throw .cycle(template: number, activities: arcs.cycle().map { relations[$0].predecessor })
        }
        return arcs
    }
}

/// Why there is no such portfolio.
public enum PortfolioError: Error, Sendable, Hashable {
    case noTeam(department: String)
    case unknownDepartment(Int, template: Int, activity: Int)
    case unknownActivity(Portfolio.Template.Relation, template: Int)
    /// The activities that wait for one another.
    case cycle(template: Int, activities: [Int])
    case unknownTemplate(Int, project: Int)
    case arrivalOutOfRange(Int, project: Int)
    case tooLarge(activities: Int)
    case wrongDurations(count: Int, activities: Int)
    case durationOutOfRange(Int, activity: Int)
    /// The work reaches past ``Portfolio/latest``.
    case tooLong
}
