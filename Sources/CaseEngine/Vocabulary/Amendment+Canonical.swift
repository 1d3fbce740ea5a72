import WorkCalendar

// Members stand in the order of their names; `Codable` writes the same.

extension MigrationOrder: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("definition", definition)
            $0.member("keep", keep)
            $0.member("map", map)
            $0.member("reason", reason)
            $0.member("version", version)
        }
    }
}

extension CalendarOrder: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("calendar", calendar)
            $0.member("reason", reason)
            $0.member("version", version)
        }
    }
}

extension CaseMigration: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("added", added)
            $0.member("deadlines", deadlines)
            $0.member("dropped", dropped)
            $0.member("fresh", fresh)
            $0.member("from", from)
            $0.member("handed", handed)
            $0.member("kept", kept)
            $0.member("map", map)
            $0.member("reason", reason)
            $0.member("to", to)
        }
    }
}

extension CalendarChange: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("after", after)
            $0.member("calendar", calendar)
            $0.member("deadlines", deadlines)
            $0.member("followUps", followUps)
            $0.member("from", from)
            $0.member("promises", promises)
            $0.member("reason", reason)
            $0.member("to", to)
        }
    }
}

extension VersionName: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("definition", definition)
            $0.member("version", version)
        }
    }
}

extension KeptItem: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("definition", definition)
            $0.member("isOver", isOver)
            $0.member("item", item)
            $0.member("version", version)
        }
    }
}

extension Handover: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("from", from)
            $0.member("item", item)
            $0.member("participant", participant)
            $0.member("to", to)
        }
    }
}

extension DeadlineChange: CanonicallyWritten {
    func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("deadline", deadline)
            $0.member("from", from)
            $0.member("item", item)
            $0.member("participant", participant)
            $0.member("provisional", provisional)
            $0.member("to", to)
        }
    }
}

extension Deadline: CanonicallyWritten {}
