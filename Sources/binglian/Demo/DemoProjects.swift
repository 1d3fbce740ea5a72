/// The made-up projects of the demonstration city (示范城市项目): enough of every kind that each screen has something to
/// show, entered over a year before the day on which the city is opened and for some months after it.
struct DemoProject: Sendable {
    struct Owner: Sendable {
        let zh: String
        let en: String
        /// Unified social credit code with its check character (GB 32100-2015); no such body exists.
        let code: String
    }

    /// The shipped workflow it goes through, by its file's name.
    let workflow: String
    /// National project code 项目代码.
    let code: String
    let zh: String
    let en: String
    let owner: Owner
    /// Facts that the workflow asks for, as they stand in a project file.
    let facts: String
    /// In calendar days from the city's opening day; negative before it.
    let enters: Int
    /// Whether people are to do what is asked once the city is open; otherwise departments answer by themselves.
    var isLeftToPeople = false
    /// What goes wrong in it.
    var trouble: DemoTrouble?

    /// The project file.
    var file: String {
        """
        project: \(code)
        title: {zh: "\(zh)", en: "\(en)"}
        owner: {zh: "\(owner.zh)", en: "\(owner.en)", creditCode: \(owner.code)}
        facts: {\(facts)}
        """
    }
}

extension DemoProject.Owner {
    static let yunlu = Self(zh: "重庆云麓置业有限公司", en: "Chongqing Yunlu Property", code: "91500112MA5260182G")
    static let helin = Self(zh: "重庆禾邻商业管理有限公司", en: "Chongqing Helin Commercial", code: "91500107MA1590838L")
    static let jialing = Self(zh: "重庆嘉陵居住宅开发有限公司", en: "Chongqing Jialingju Housing", code: "91500108MA0166138Y")
    static let hengzhou = Self(zh: "重庆恒轴精密机械有限公司", en: "Chongqing Hengzhou Machinery", code: "91500120MA18609146")
    static let gongjian = Self(zh: "沙坪坝区公共建设服务中心", en: "Shapingba Public Works Service", code: "91500106MA3909961B")
    static let shuicheng = Self(zh: "潼南水城建设投资有限公司", en: "Tongnan Shuicheng Investment", code: "91500152MA0308247E")
    static let lanqiao = Self(zh: "重庆岚桥物流有限公司", en: "Chongqing Lanqiao Logistics", code: "91500113MA6281946H")
    static let qingchuan = Self(zh: "重庆青川生物医药有限公司", en: "Chongqing Qingchuan Biotech", code: "91500109MA8219935L")
}

extension DemoProject {
    /// A workflow, the facts that all its projects share.
    private struct Kind {
        let workflow: String
        let facts: String

        func callAsFunction(
            _ code: String, _ zh: String, _ en: String, _ owner: Owner, _ area: Int, _ enters: Int, _ more: String = "",
            people: Bool = false, trouble: DemoTrouble? = nil
        ) -> DemoProject {
            DemoProject(
                workflow: workflow, code: code, zh: zh, en: en, owner: owner,
                facts: "\(facts), floorArea: \(area)\(more)",
                enters: enters, isLeftToPeople: people, trouble: trouble)
        }
    }

    private static let general = Kind(
        workflow: "wf-02-cq-social-general",
        facts: "projectClass: building, investment: social, size: general")
    private static let small = Kind(
        workflow: "wf-03-cq-social-small",
        facts: "projectClass: building, investment: social, size: small")
    private static let withScheme = Kind(
        workflow: "wf-04-cq-land-with-scheme",
        facts: "projectClass: building, investment: social, size: general, landWithScheme: true")
    private static let industrial = Kind(
        workflow: "wf-05-cq-industrial",
        facts: "projectClass: industrial, investment: social, size: general")
    private static let works = Kind(
        workflow: "wf-06-cq-government",
        facts: "projectClass: linear, investment: government, size: general")
    private static let publicBuilding = Kind(
        workflow: "wf-07-cq-government-building",
        facts: "projectClass: building, investment: government, size: general")

    private static let everything =
        ", flammableSite: true, heritageZone: true, hasSecuritySystem: true, specialFire: true, hasCivilDefence: true"

    /// In the order in which they enter; then the filings.
    static let all = projects + filings

    private static let projects: [DemoProject] = [
        general(
            "2502-500112-04-01-310104", "渝北区悦来云谷商务楼", "Yuelai Cloud Valley offices", .yunlu, 32_000, -390,
            trouble: .failedAcceptance),
        works("2502-500152-04-01-310211", "潼南区涪江东岸排涝干线", "Fujiang east-bank drainage trunk", .shuicheng, 6_200, -372),
        publicBuilding(
            "2503-500106-04-01-310327", "沙坪坝区井口实验小学", "Jingkou experimental primary school", .gongjian, 26_400, -350),
        small("2503-500107-04-01-310433", "九龙坡区石桥铺便民中心", "Shiqiaopu neighbourhood centre", .helin, 4_800, -331),
        withScheme("2503-500108-04-01-310548", "南岸区茶园青年公寓", "Chayuan youth apartments", .jialing, 54_300, -318),
        industrial(
            "2504-500120-04-01-310652", "璧山区精密传动部件厂房", "Bishan transmission plant", .hengzhou, 21_800, -300),
        general(
            "2504-500112-04-01-310769", "渝北区龙兴综合体及能源站", "Longxing complex with energy station", .yunlu, 156_000,
            -281, ", hasCivilDefence: true, tenderRequired: true" + ", specialFire: true", people: true),
        small(
            "2505-500107-04-01-310874", "九龙坡区滨江酒店", "Jiulongpo riverside hotel", .helin, 8_600, -262,
            ", specialFire: true"),
        publicBuilding(
            "2505-500106-04-01-310980", "沙坪坝区人民医院综合楼", "Shapingba people’s hospital", .gongjian, 73_900, -247,
            everything),
        general("2506-500109-04-01-311091", "北碚区青川研发中心", "Qingchuan research centre", .qingchuan, 41_500, -226),
        industrial(
            "2506-500113-04-01-311105", "巴南区岚桥智慧仓储", "Lanqiao smart warehouse", .lanqiao, 63_200, -211,
            ", tenderRequired: true"),
        works(
            "2506-500152-04-01-311216", "潼南区城际枢纽及管廊", "Tongnan hub and utility tunnel", .shuicheng, 48_700, -198,
            everything, people: true),
        withScheme(
            "2507-500108-04-01-311322", "南岸区江畔高层住宅", "Nan’an riverside housing", .jialing, 97_400, -181,
            ", hasCivilDefence: true", people: true),
        general(
            "2507-500112-04-01-311437", "渝北区空港会展酒店", "Konggang convention hotel", .yunlu, 58_700, -166,
            ", hasCivilDefence: true"),
        small(
            "2507-500107-04-01-311543", "九龙坡区杨家坪社区医院", "Yangjiaping community clinic", .helin, 6_900, -154, people: true
        ),
        publicBuilding("2508-500106-04-01-311658", "沙坪坝区图书馆新馆", "Shapingba new library", .gongjian, 31_200, -143),
        general(
            "2508-500113-04-01-311764", "巴南区龙洲湾购物中心", "Longzhouwan shopping centre", .lanqiao, 88_100, -131,
            ", hasCivilDefence: true, hasSecuritySystem: true", people: true),
        industrial(
            "2508-500120-04-01-311870", "璧山区新能源电池厂房", "Bishan battery plant", .hengzhou, 86_500, -122,
            ", specialFire: true"),
        withScheme("2509-500108-04-01-311989", "南岸区弹子石滨江里", "Danzishi riverside quarter", .jialing, 61_000, -110),
        works("2509-500152-04-01-312090", "潼南区琼江大桥连接道", "Qiongjiang bridge approach", .shuicheng, 9_800, -101),
        general(
            "2509-500109-04-01-312104", "北碚区缙云生物医药楼", "Jinyun biotech building", .qingchuan, 27_900, -92,
            trouble: .overrun),
        small("2510-500107-04-01-312219", "九龙坡区彩云湖健身馆", "Caiyunhu sports hall", .helin, 7_400, -84),
        publicBuilding(
            "2510-500106-04-01-312325", "沙坪坝区养老服务中心", "Shapingba care home", .gongjian, 18_600, -77,
            ", hasCivilDefence: true", people: true),
        general(
            "2510-500112-04-01-312431", "渝北区照母山科创中心", "Zhaomushan innovation centre", .yunlu, 49_300, -69,
            ", hasCivilDefence: true", trouble: .standstill),
        industrial("2511-500113-04-01-312546", "巴南区冷链分拨中心", "Banan cold-chain hub", .lanqiao, 38_200, -60),
        withScheme(
            "2511-500108-04-01-312652", "南岸区广阳湾人才社区", "Guangyangwan talent housing", .jialing, 72_800, -53,
            trouble: .latePermit),
        general(
            "2511-500109-04-01-312767", "北碚区蔡家会议中心", "Caijia conference centre", .qingchuan, 36_400, -46,
            people: true),
        works("2512-500152-04-01-312873", "潼南区第二污水处理厂", "Tongnan second sewage works", .shuicheng, 12_300, -40),
        small("2512-500107-04-01-312988", "九龙坡区黄桷坪艺术街", "Huangjueping art street", .helin, 5_200, -34, people: true),
        publicBuilding("2512-500106-04-01-313099", "沙坪坝区微电园中学", "Micro-park middle school", .gongjian, 42_700, -29),
        general(
            "2601-500112-04-01-313103", "渝北区中央公园写字楼", "Central Park tower", .yunlu, 67_500, -24,
            trouble: .complaint),
        industrial("2601-500120-04-01-313218", "璧山区智能装备产业园", "Bishan smart equipment park", .hengzhou, 54_600, -18),
        withScheme(
            "2601-500108-04-01-313324", "南岸区长嘉汇公寓", "Changjiahui apartments", .jialing, 33_900, -14, people: true),
        general("2601-500113-04-01-313430", "巴南区李家沱市场", "Lijiatuo market hall", .lanqiao, 22_100, -10),
        small("2602-500107-04-01-313545", "九龙坡区谢家湾托育中心", "Xiejiawan nursery", .helin, 3_900, -7),
        publicBuilding("2602-500106-04-01-313651", "沙坪坝区消防站", "Shapingba fire station", .gongjian, 9_400, -4),
        general(
            "2602-500109-04-01-313766", "北碚区水土数据中心", "Shuitu data centre", .qingchuan, 45_800, -2,
            ", hasSecuritySystem: true", people: true),
        industrial("2603-500113-04-01-313872", "巴南区生物制剂车间", "Banan biologics workshop", .qingchuan, 17_700, 2),
        withScheme("2603-500108-04-01-313987", "南岸区黄桷垭老街更新", "Huangjueya old street renewal", .jialing, 28_400, 6),
        general("2603-500112-04-01-314098", "渝北区仙桃智谷", "Xiantao data valley", .yunlu, 52_600, 11),
        small("2603-500107-04-01-314102", "九龙坡区民主村文创园", "Minzhucun creative park", .helin, 8_100, 17),
        works("2603-500152-04-01-314217", "潼南区智慧停车与管网", "Tongnan parking and mains", .shuicheng, 7_600, 23),
        general("2604-500109-04-01-314323", "北碚区嘉陵风情商街", "Jialing riverside shops", .qingchuan, 19_800, 30),
        industrial("2604-500120-04-01-314438", "璧山区轻合金铸件厂", "Bishan light-alloy foundry", .hengzhou, 29_500, 38),
        publicBuilding("2604-500106-04-01-314544", "沙坪坝区文化馆", "Shapingba culture centre", .gongjian, 15_200, 47),
    ]

    /// One a day, each by another owner: enough for the longest holidays before the opening, and as long as projects enter.
    private static let filings: [DemoProject] = (-14...47).map { day in
        let owners: [Owner] = [.yunlu, .helin, .jialing, .hengzhou, .gongjian, .shuicheng, .lanqiao, .qingchuan]
        let works = [
            ("冷库扩建", "cold store extension"), ("厂房屋面更新", "workshop roof renewal"), ("充电站", "charging station"),
            ("立体停车楼", "parking deck"), ("研发楼加层", "laboratory storey"),
        ]
        let number = day + 14
        let (owner, work) = (owners[number % owners.count], works[number % works.count])
        return general(
            "2603-500112-04-01-32\(1000 + number * 7)", "渝北区\(work.0)（\(number + 1)号）",
            "Yubei \(work.1) no. \(number + 1)",
            owner, 1_200 + number * 40, day, trouble: .onlyFiling)
    }
}
