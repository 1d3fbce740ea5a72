/// The permanent number of a kind of mistake; a retired code is never used again.
///
/// `YML` is about any file, `WF` about workflows, `CAL` calendars, `PRJ` projects, `CAT` catalogues of workflows and of items, `NET` networks, `CTY` cities,
/// `SCN` scenarios, `IDN` identifiers. What each one means stands in `docs/diagnostics.md`, and `Fixtures/diagnostics` has a file that produces it.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable, Comparable {
    // The file and its YAML
    case fileTooLarge = "YML001"
    case notUTF8 = "YML002"
    case forbiddenCharacter = "YML003"
    case syntax = "YML004"
    case tabIndentation = "YML005"
    case nestedTooDeep = "YML006"
    case tooManyNodes = "YML007"
    case anchorOrAlias = "YML008"
    case tag = "YML009"
    case mergeKey = "YML010"
    case duplicateKey = "YML011"
    case severalDocuments = "YML012"
    case emptyFile = "YML013"
    case unknownKindOfFile = "YML014"
    case otherKindOfFile = "YML015"
    case wrongForm = "YML016"
    case unknownKey = "YML017"
    case missingKey = "YML018"
    case keyIsNoText = "YML019"
    case badIdentifier = "YML020"
    case oneLanguageOnly = "YML021"
    case emptyValue = "YML022"
    case unknownWord = "YML023"
    case listedTwice = "YML024"

    // Names
    case duplicateIdentifier = "WF001"
    case unknownDepartment = "WF002"
    case unknownItem = "WF003"
    case unknownPhase = "WF004"
    case unknownMaterial = "WF005"
    case phaseOfSingleItem = "WF006"
    case unknownProcessType = "WF007"
    case tooManyTargets = "WF008"

    // Days
    case unreadableAmount = "WF010"
    case unreadableDuration = "WF011"
    case estimateOutOfOrder = "WF012"
    case negativeAmount = "WF013"
    case zeroLimit = "WF014"
    case amountTooLarge = "WF015"
    case promisedAboveStatutory = "WF016"
    case likelyAboveLimit = "WF017"
    case lagsOfTwoUnits = "WF018"

    // Targets and budgets
    case targetRunsBackwards = "WF020"
    case targetCountsNothing = "WF021"
    case windowMayVanish = "WF022"
    case budgetsAboveTarget = "WF023"
    case likelyAboveBudget = "WF024"
    case windowWithoutCountedItem = "WF025"

    // Order and stages
    case itemWaitsForItself = "WF030"
    case cycle = "WF031"
    case dependencyTwice = "WF032"
    case stageWithoutItems = "WF033"
    case unknownNationalStage = "WF034"
    case nationalStageTwice = "WF035"
    case stagesOutOfOrder = "WF036"
    case stageWithoutLead = "WF037"
    case stageCannotClose = "WF038"
    case noStages = "WF039"

    // Conditions and facts
    case conditionSyntax = "WF040"
    case unknownFact = "WF041"
    case conditionType = "WF042"
    case unknownFactValue = "WF043"
    case emptyRange = "WF044"
    case conditionTooLong = "WF045"
    case conditionTooDeep = "WF046"
    case constantCondition = "WF047"
    case enumWithoutValues = "WF050"
    case valuesWithoutEnum = "WF051"
    case defaultNotOfType = "WF052"
    case badFactIdentifier = "WF053"
    case unitWithoutNumber = "WF054"

    // Materials
    case vagueMaterial = "WF060"
    case materialWithoutBasis = "WF061"
    case unusedMaterial = "WF062"
    case materialAskedTwice = "WF063"
    case materialIssuedTwice = "WF064"
    case asksForOwnOutput = "WF065"
    case toleranceWithoutMinor = "WF066"
    case minorWithoutTolerance = "WF067"

    // Joint items
    case jointWithoutLead = "WF070"
    case jointWithoutParticipants = "WF071"
    case unreadablePassRule = "WF072"
    case impossiblePassRule = "WF073"
    case passRuleMayBeMissed = "WF074"
    case participantNamedLikePhase = "WF075"
    case onlyForJointItems = "WF076"
    case notForJointItems = "WF077"
    case kindAndJoint = "WF078"
    case neitherKindNorJoint = "WF079"
    case chanceOutOfRange = "WF080"
    case roundsOutOfRange = "WF081"
    case deemedConsentOnSafety = "WF082"
    case participantWithoutDuration = "WF083"
    case participantInSessionWithDuration = "WF084"
    case everyParticipantConditional = "WF085"
    case recheckWithoutRectification = "WF086"

    // Simulation
    case correlationOutOfRange = "WF087"
    case chanceWithoutApplication = "WF088"

    // Items
    case itemWithoutDepartment = "WF090"
    case itemWithoutDuration = "WF091"
    case milestoneWithWork = "WF092"
    case figureWithoutSource = "WF093"
    case commitmentWithoutBasis = "WF094"
    case chainTooLong = "WF095"
    case reviewerTwiceInARow = "WF096"
    case instantTakesDays = "WF097"
    case deemedWithoutLimit = "WF098"
    case teamsOutOfRange = "WF099"

    // Levers
    case unknownLever = "WF100"
    case leverWithoutEffect = "WF101"
    case effectChangesNothing = "WF102"
    case leverMakesCycle = "WF103"
    case leversMakeCycle = "WF104"
    case costOutOfRange = "WF105"
    case leverNamesItself = "WF106"
    case leversRequireEachOther = "WF107"
    case leverRequiresWhatItExcludes = "WF108"
    case leversContradict = "WF109"
    case kindWithoutItsEffect = "WF110"
    case leverRemovesWindow = "WF111"
    case unclearEffect = "WF112"
    case mergeOfOne = "WF113"
    case effectDoesNotFit = "WF114"
    case percentOutOfRange = "WF115"
    case tooManyLevers = "WF116"
    case stageLosesMilestoneItem = "WF117"

    // Promises and what follows a decision
    case toleranceBeyondLimit = "WF140"
    case commitmentOnSafety = "WF141"
    case commitmentWithoutHandling = "WF142"
    case autoDecideOnSafety = "WF143"
    case figureOutOfRange = "WF144"
    case provisionWithoutApplication = "WF145"
    case lapseOfItself = "WF146"

    // Supervision
    case unreadableCardThreshold = "WF150"
    case cardsOutOfOrder = "WF151"
    case longerThanTheLaw = "WF152"
    case findingFigureOutOfRange = "WF153"

    // Calendars
    case unreadableDate = "CAL001"
    case rangeRunsBackwards = "CAL002"
    case makeupOnWorkingDay = "CAL003"
    case holidaysOverlap = "CAL004"
    case dateOfAnotherYear = "CAL005"
    case outsideCoverage = "CAL006"
    case weekWithoutWork = "CAL007"
    case coverageOutOfOrder = "CAL008"
    case makeupInHoliday = "CAL009"
    case publishedYearMissing = "CAL010"
    case unreadableYear = "CAL011"

    // Projects
    case projectCodeShape = "PRJ001"
    case misspeltFact = "PRJ002"
    case undeclaredFact = "PRJ003"
    case factOfWrongType = "PRJ004"
    case factValueNotListed = "PRJ005"
    case factMissing = "PRJ006"
    case workTwice = "PRJ020"
    case tooManyWorks = "PRJ021"

    // Identifiers
    case noCreditCode = "IDN001"
    case noItemCode = "IDN002"
    case noDivisionCode = "IDN003"

    // Catalogues
    case notAFileName = "CAT001"
    case emptyCatalogue = "CAT002"

    // Item catalogues
    case elementsMissing = "CAT010"
    case unknownBatch = "CAT011"
    case batchOutOfOrder = "CAT012"
    case badCodeRule = "CAT013"
    case codeOfTwoItems = "CAT014"
    case codeNotBasic = "CAT015"
    case parentNotAbove = "CAT016"
    case removedButListed = "CAT017"
    case proofWithoutLaw = "CAT020"
    case provedByCertificate = "CAT021"
    case commitmentIsEnough = "CAT022"
    case coveredByOther = "CAT023"
    case verifiableOnline = "CAT024"
    case issuerCannotVerify = "CAT025"
    case proofNotOnList = "CAT026"
    case keptProofWithoutLaw = "CAT027"
    case keptProofUnused = "CAT028"
    case askerNotOnList = "CAT029"
    case fieldAskedTwice = "CAT030"
    case fieldUnused = "CAT031"
    case unknownField = "CAT032"
    case knownAnswerAsked = "CAT033"
    case unknownFactOfField = "CAT034"
    case fieldTypeDiffers = "CAT035"
    case unreadableFieldSource = "CAT036"
    case fourSameDrift = "CAT040"
    case elementDrifts = "CAT041"
    case asksMore = "CAT042"
    case itemNotAbove = "CAT043"
    case itemNotListed = "CAT050"
    case workflowDiffers = "CAT051"
    case materialNotListed = "CAT052"
    case promisesLonger = "CAT053"
    case itemNotInForce = "CAT054"
    case sameMaterialTwoNames = "CAT060"
    case outputAskedAgain = "CAT061"

    // Networks
    case unreadableInstant = "NET001"
    case unreadableSpan = "NET002"
    case spanOutOfRange = "NET003"
    case unknownActivity = "NET004"
    case duplicateActivity = "NET005"
    case relationToItself = "NET006"
    case activitiesWaitForEachOther = "NET007"
    case unknownCalendarOfNetwork = "NET008"
    case duplicateCalendar = "NET009"
    case unreadableHours = "NET010"
    case calendarWithoutWork = "NET011"
    case dateExceptedTwice = "NET012"
    case datesContradict = "NET013"
    case dateBeforeStart = "NET014"
    case dateCannotBeKept = "NET015"
    case dateOutsideWorkingTime = "NET016"
    case misusedHammock = "NET017"
    case progressContradicts = "NET018"
    case progressAfterDataDate = "NET019"
    case relationTwice = "NET020"
    case noActivities = "NET021"
    case lagOnTwoCalendars = "NET022"

    // Cities
    case noArrivals = "CTY001"
    case notARelativePath = "CTY002"
    case rhythmUnclear = "CTY003"
    case countOutOfRange = "CTY004"
    case tooManyProjects = "CTY005"
    case arrivalOutOfRange = "CTY006"
    case rateOutOfRange = "CTY007"
    case cityTeamsOutOfRange = "CTY008"
    case departmentOfNoWorkflow = "CTY009"
    case datesAreCounted = "CTY010"

    // Scenarios
    case scenarioShowsNothing = "SCN001"
    case unknownActor = "SCN002"
    case notOfTheLog = "SCN003"
    case stepsRunBackwards = "SCN004"
    case notInTheLibrary = "SCN005"
    case unknownRule = "SCN006"
    case givenRefused = "SCN010"
    case wasNotRefused = "SCN011"
    case refusedOtherwise = "SCN012"
    case wasRefused = "SCN013"
    case otherEvents = "SCN014"
    case otherState = "SCN015"

    public var severity: Diagnostic.Severity {
        switch self {
        case .likelyAboveLimit, .windowMayVanish, .likelyAboveBudget, .windowWithoutCountedItem,
            .constantCondition, .unusedMaterial, .passRuleMayBeMissed, .everyParticipantConditional,
            .instantTakesDays, .undeclaredFact, .dateBeforeStart, .dateCannotBeKept, .dateOutsideWorkingTime,
            .relationTwice, .keptProofUnused, .fieldUnused, .knownAnswerAsked, .unknownFactOfField, .elementDrifts,
            .itemNotAbove,
            .sameMaterialTwoNames, .outputAskedAgain:
            .warning
        default: .error
        }
    }

    public static func < (a: DiagnosticCode, b: DiagnosticCode) -> Bool { a.rawValue < b.rawValue }
}
