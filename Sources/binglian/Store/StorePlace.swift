import Foundation
import Orchestrator
import PostgresStore
import SQLiteStore

/// What `--store` names: a file, or a database on a server.
enum StorePlace {
    case file(String)
    case database(PostgresAddress)

    /// `nil` if it is a connection string that cannot be read.
    init?(_ text: String) {
        guard PostgresAddress.isAddress(text) else {
            self = .file(text)
            return
        }
        guard let address = PostgresAddress(text) else { return nil }
        self = .database(address)
    }

    /// Whether there may be something to open. A file that is not there is a mistake in the path; what a server has is
    /// known only when it is asked.
    var mayBeThere: Bool {
        switch self {
        case .file(let path): FileManager.default.fileExists(atPath: path)
        case .database: true
        }
    }

    /// The file's name alone, or the database as ``description`` has it.
    var shortName: String {
        switch self {
        case .file(let path): URL(fileURLWithPath: path).lastPathComponent
        case .database: description
        }
    }

    func open() async throws(StoreError) -> any OfficeStore {
        switch self {
        case .file(let path): try await SQLiteStore.open(path: path)
        case .database(let address): try await PostgresStore.open(address)
        }
    }
}

extension StorePlace: CustomStringConvertible {
    /// In words, without a password.
    var description: String {
        switch self {
        case .file(let path): path
        case .database(let address): address.description
        }
    }
}

extension CommandFailure {
    /// The text is not repeated: it may hold a password.
    init(unreadableAddress: ()) {
        self.init(
            zh: "--store 的 PostgreSQL 连接串无法读取。写法：postgresql://用户@主机/库名，或 host=… dbname=…；"
                + "特殊字符用 %XX 表示，口令放在口令文件（~/.pgpass）中。",
            en: "--store is no connection string of PostgreSQL that can be read. Write postgresql://user@host/name or "
                + "host=… dbname=…, special characters as %XX, and keep the password in a password file (~/.pgpass).")
    }

    /// What failed in a store, and what to do.
    init(store: StorePlace, _ error: StoreError) {
        let isServer = if case .database = store { true } else { false }
        let words: (zh: String, en: String) =
            switch error.code {
            case .unavailable where isServer && error.isTransient:
                (
                    "现在连不上或没有及时答复。检查主机、端口和网络，稍后重试",
                    "cannot be reached or does not answer in time. Check host, port and network, or try again soon"
                )
            case .unavailable where isServer:
                (
                    "不接受这个用户或库名。检查用户、口令文件（~/.pgpass）、库名和 pg_hba.conf",
                    "does not take this user or name. Check the user, the password file (~/.pgpass), the database's name and "
                        + "pg_hba.conf"
                )
            case .outcomeUnknown:
                (
                    "没有确认提交，指令可能已办理、也可能没有。用同一个 --key 再发一次即可查明，不会重复办理",
                    "did not confirm the commit: the command may or may not have happened. Send it again with the same --key "
                        + "to find out; nothing happens twice"
                )
            case .unavailable:
                (
                    "现在打不开或被占用。检查路径和权限，稍后重试",
                    "cannot be opened now. Check the path and its permissions, or try again soon"
                )
            case .overloaded: ("忙，未写入。稍后重试", "is busy and nothing was stored. Try again soon")
            case .full: ("磁盘已满，未写入。腾出空间后重试", "has no room left and nothing was stored. Make room and try again")
            case .corrupt: ("不是办件库，或已损坏", "is damaged, or no store of cases")
            case .newerSchema: ("由更新的版本写成。升级后再用", "was written by a newer version. Upgrade to use it")
            case .definitionConflict:
                (
                    "已有同一编号和版本而内容不同的流程或日历。修改后请换版本号",
                    "holds this version with other content. Give the changed file a new version"
                )
            case .diskFailed:
                ("所在磁盘写入失败。重新打开后查看办到哪一步", "lies on a disk that failed to write. Run it again to see how far it came")
            default: ("出错", "failed")
            }
        self.init(
            zh: "办件库 \(store) \(words.zh)。（\(error.code.rawValue)：\(error.underlying)）",
            en: "the store '\(store)' \(words.en). (\(error.code.rawValue): \(error.underlying))")
    }
}
