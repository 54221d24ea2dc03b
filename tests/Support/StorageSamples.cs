using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reading.Outlines;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Testing;

/// <summary>Records with every part filled, for what is stored.</summary>
public static class StorageSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, 456, TimeSpan.Zero);

    /// <summary>A W3C <c>traceparent</c>.</summary>
    public const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>The identity of an act that can be undone.</summary>
    public const string UndoId = "und_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// <summary>An act that can be undone.</summary>
    public static Undoable Act(ProjectId project, string id, DateTimeOffset until) =>
        new(project, id, "mute", new Author("aaaaaaaaaaaa", "Anna"), until) { What = "Muted 3 links" };

    public static WebUrl Url(string text) =>
        WebUrl.TryParse(text, out var url) ? url : throw new ArgumentException($"'{text}' is not a URL.");

    public static WatchedLink Link(
        ProjectId projectId, string page = "https://blog.example.net/post", string target = "https://example.org/")
    {
        var (pageUrl, targetUrl) = (Url(page), Url(target));
        return new WatchedLink
        {
            ProjectId = projectId,
            Id = LinkIdFactory.For(pageUrl, targetUrl, TargetMatch.Page),
            PageKey = PageRowKeys.For(pageUrl),
            Page = pageUrl,
            Expectation = new Expectation { Target = targetUrl },
            CreatedAt = Noon,
            Status = LinkStatus.New(Noon),
        };
    }

    /// <summary>What a person said at noon.</summary>
    public static HumanAnswer Answer { get; } = new()
    {
        Says = AnswerKind.Seen,
        Note = "I read it – \"日本\"",
        By = new Author("aaaaaaaaaaaa", "Anna"),
        At = Noon,
        Until = Noon.AddDays(30),
    };

    /// <summary>What was found in a document that was handed over at noon.</summary>
    public static HandedPage HandedPage => new()
    {
        By = new Author("aaaaaaaaaaaa", "Anna"),
        At = Noon,
        Url = "https://blog.example.net/post",
        Way = HandOverWay.Bookmark,
        State = VerdictState.Changed,
        Reasons = [Reason(ReasonCode.RelChanged)],
        Evidence = Evidence(Noon),
    };

    /// <summary>An address with a value in every column.</summary>
    public static ExportAddress Address(ProjectId projectId) => new()
    {
        ProjectId = projectId,
        Id = ExportSecrets.IdOf(ExportSecrets.New()),
        Gives = ExportGift.Csv,
        View = "lost-this-week",
        Generation = 0,
        By = new Author("2hRk7vTq40Xd", "Anna"),
        CreatedAt = Noon,
        OpenedAt = Noon,
    };

    /// <summary>A shared view of lost links.</summary>
    public static SavedView View(ProjectId projectId, string name) => new()
    {
        ProjectId = projectId,
        Id = SavedViewIds.New(),
        Name = name,
        Line = "state:lost sort:-since",
        By = new Author("2hRk7vTq40Xd", "Anna"),
        IsShared = true,
        CreatedAt = Noon,
    };

    /// <summary>An import with a value in every column.</summary>
    public static ImportRun Import(ProjectId projectId, ImportState state) => new()
    {
        ProjectId = projectId,
        Id = ImportIds.New(Noon),
        State = state,
        Name = "links.csv",
        Choices = "{}",
        By = new Author("2hRk7vTq40Xd", "Anna"),
        UndoneBy = new Author("3iSl8wUr51Ye", "Ben"),
        CreatedAt = Noon,
        ChangedAt = Noon,
        EndedAt = Noon.AddHours(1),
        Counts = new ImportCounts { Rows = 10, Read = 5, Added = 5 },
        Format = "CSV with commas, UTF-8",
        Vendor = "Semrush",
        Hash = "abc",
        Pieces = 2,
        Worker = "worker",
        Problem = "why",
        Attempts = 1,
        ProgressedAt = Noon,
        SheetId = "sht_22222222222222222222222222",
    };

    /// <summary>A report with a value in every column.</summary>
    public static ClientReport Report(ProjectId projectId) => new()
    {
        ProjectId = projectId,
        Number = 1,
        Title = "Links in November",
        Client = "Acme",
        Language = "de",
        Brand = new ReportBrand("Agency", "#1d4ed8", "image/png"),
        From = new DateOnly(2026, 11, 1),
        To = new DateOnly(2026, 11, 21),
        TimeZone = "Europe/Berlin",
        Line = "tag:acme",
        Sections = [ReportSection.Summary, ReportSection.Links],
        CreatedAt = Noon,
        By = new Author("2hRk7vTq40Xd", "Anna"),
        Links = 2,
        PiecesId = ReportIds.NewPieces(Noon),
        Pieces = new Dictionary<string, int> { [ReportPiece.Links] = 1 },
        PreviousNumber = 7,
    };

    /// <summary>An address of a report with a value in every column.</summary>
    public static ReportShare Share(ProjectId projectId) => new()
    {
        ProjectId = projectId,
        Number = 1,
        Id = ReportIds.NewShare(),
        Recipient = "Bea of Acme",
        Sections = [ReportSection.Summary],
        SecretHash = ReportIds.HashOf("secret"),
        CreatedAt = Noon,
        By = new Author("2hRk7vTq40Xd", "Anna"),
        ExpiresAt = Noon.AddDays(90),
        RevokedAt = Noon.AddDays(1),
        OpenedAt = Noon.AddHours(1),
        Opened = 2,
    };

    /// <summary>A polled sheet with a value in every column.</summary>
    public static PolledSheet Sheet(ProjectId projectId) => new()
    {
        ProjectId = projectId,
        Id = ImportIds.NewSheet(),
        Url = "https://sheets.example/published.csv",
        Every = TimeSpan.FromHours(24),
        Choices = "{}",
        By = new Author("2hRk7vTq40Xd", "Anna"),
        CreatedAt = Noon,
        DueAt = Noon.AddHours(1),
        AskedAt = Noon,
        Hash = "abc",
        Outcome = "Nothing has changed.",
        NewAt = Noon,
        ReadAt = Noon,
        Seen = "{}",
        ImportId = ImportIds.New(Noon),
    };

    /// <summary>A link with a value in every column.</summary>
    public static WatchedLink FullLink(ProjectId projectId) => Link(projectId) with
    {
        Trace = Trace,
        Expectation = new Expectation
        {
            Target = Url("https://example.org/a?b=c#d"),
            Match = TargetMatch.Prefix,
            Rel = Expected<RelQualifiers>.Exactly(RelQualifiers.Nofollow | RelQualifiers.Sponsored),
            Anchor = Expected<string>.Exactly("Grün & \"süß\" <b>'n</b> 日本 🎉"),
            Placement = Expected<Placement>.Any,
            Indexable = Expected<bool>.Exactly(true),
        },
        Type = "guest-post",
        TypeParts = ExpectationParts.Placement | ExpectationParts.Indexable,
        Tags = ["agency's", "日本", "a \"b\""],
        Muted = true,
        MutedUntil = Noon.AddDays(30),
        MuteAct = UndoId,
        TypeAct = UndoId,
        Replaces = new LinkId("lnk_before"),
        CaseId = "cas_1",
        ImportId = "imp_22222222222222222222222222",
        VendorNotes =
        [
            new VendorNote("Semrush", new DateOnly(2026, 11, 21), new Dictionary<string, string> { ["Page ascore"] = "51" }),
        ],
        Note = "It's what O'Brien said: \"100 %\" – 🎉\nsecond line",
        Terms = Terms,
        Answer = Answer with { Proof = HandedPage },
        HandedPage = HandedPage with { At = Noon.AddHours(1), Way = HandOverWay.File },
        Status = new LinkStatus
        {
            State = LinkState.Changed,
            Reasons = [Reason(ReasonCode.Soft404), Reason(ReasonCode.RelChanged)],
            Since = Noon.AddDays(-1),
            Baseline = new Baseline
            {
                Rel = RelQualifiers.None,
                Anchor = "Example 日本",
                Placement = Placement.Comments,
                Hidden = false,
                Indexable = true,
                PageNofollow = true,
                GoogleDisallowed = true,
                IsMissingOnCanonical = true,
                IsTargetUnknown = true,
                TargetLeadsTo = "https://example.org/b",
                SeenAt = Noon.AddDays(-7),
            },
            Suspicions =
            [
                new Suspicion
                {
                    Towards = LinkState.Lost,
                    Reason = Reason(ReasonCode.LinkRemoved),
                    FirstSeen = Noon.AddHours(-2),
                    LastSeen = Noon,
                    Observations = 2,
                },
            ],
            LastCheckedAt = Noon,
            LastObservedAt = Noon.AddHours(-1),
            LastSeenAt = Noon.AddHours(-2),
            UnobservedSince = Noon.AddMinutes(-5),
            LastEvidence = Evidence(Noon),
            LastSeenEvidence = Evidence(Noon.AddHours(-2)),
            LastAgreedEvidence = Evidence(Noon.AddHours(-3)),
            Outbound = new OutboundLinks { Links = ["AbCd-_120", "ZyXwVuT97"] },
            Known = new KnownPage
            {
                FinalUrl = "https://blog.example.net/post",
                Title = "A post – “quoted”",
                Heading = "A post",
                TextLength = 1_234,
                MainLength = 1_000,
                ProseLength = 900,
                LinkCount = 12,
                Text = "AbCd-_12",
                HadLazyPart = true,
                HadFailedPart = true,
                Cookies = ["session"],
                SiteLinks = ["ZyXw-_12"],
                Unfilled = ["#shops"],
                Beside = new BesideLink("AbCd-_12", "ZyXw-_12", 500, ["AbCd-_12"], Placement.Aside, "Above.", "Below.")
                {
                    ArticleLinks = ["AbCd-_12", "ZyXw-_12"],
                    Around = [new PartEdges("Above.", "Below.")],
                    OwnList = "ul.shops",
                    Unfilled = ["#late"],
                },
            },
            Days = DayLog.Parse("2026-03-01:na?-cl"),
            UnobservedByOurFault = TimeSpan.FromMinutes(7),
            ExpectationChanged = true,
            RetypedParts = ExpectationParts.Anchor | ExpectationParts.Indexable,
            BeforeUnreachable = new HeldState(LinkState.Live, [Reason(ReasonCode.Hidden)]),
        },
    };

    /// <summary>A case with a value in every column.</summary>
    public static LinkCase Case(WatchedLink link, DateTimeOffset openedAt) => new()
    {
        ProjectId = link.ProjectId,
        Id = CaseIds.For(link.ProjectId, link.Id, openedAt),
        LinkId = link.Id,
        Page = link.Page,
        Target = link.Expectation.Target,
        Status = CaseStatus.WrittenOff,
        Promised = new DateOnly(2026, 12, 1),
        Due = new DateOnly(2026, 12, 2),
        Owner = new Author("k1", "Anna & 日本"),
        State = LinkState.Lost,
        Reasons = [ReasonCode.Soft404, ReasonCode.LinkRemoved],
        Changes = 2,
        OpenedAt = openedAt,
        UpdatedAt = openedAt.AddHours(1),
        ClosedAt = openedAt.AddHours(1),
        ClosedBy = new Author("k2", "Otto"),
        RecoveredAt = openedAt.AddHours(2),
        Entries = 3,
    };

    public static CaseEntry Entry(int number) => new(number, Noon, new Author("k1", "Anna"), CaseEntryKind.Note)
    {
        Text = "It's \"said\" 🎉\nsecond line",
        Status = CaseStatus.Promised,
        Day = new DateOnly(2026, 12, 1),
        Owner = new Author("k2", "Otto"),
        ChangeId = "chg_1",
        State = LinkState.Lost,
        Reasons = [ReasonCode.LinkRemoved],
    };

    public static Terms Terms { get; } = new()
    {
        Vendor = "O'Brien  Links & Söhne",
        Cost = 249.5m,
        Currency = "EUR",
        CostPeriod = CostPeriod.Month,
        Start = new DateOnly(2026, 1, 1),
        End = new DateOnly(2026, 12, 31),
        Contact = "o'brien@example.net",
        Invoice = "RE 2026/17",
    };

    /// <summary>A type of a project's own in which everything is said.</summary>
    public static LinkType Type { get; } = new()
    {
        Key = "newsletter",
        Name = "Newsletter 日本",
        Rel = Expected<RelQualifiers>.Exactly(RelQualifiers.Sponsored),
        Anchor = Expected<string>.Exactly("Grün & 'süß'"),
        Placement = Expected<Placement>.Any,
        Indexable = Expected<bool>.Exactly(false),
        AtOnce = ["link-removed", "anchor-changed"],
        ChangedAt = Noon,
    };

    public static Reason Reason(ReasonCode code) =>
        new() { Code = code, Message = "The rel is 'nofollow' now.", Expected = "follow", Found = "nofollow" };

    public static Evidence Evidence(DateTimeOffset checkedAt) => new()
    {
        CheckedAt = checkedAt,
        UnchangedAt = checkedAt.AddDays(2),
        Observation = ObservationKind.Gone,
        Outcome = CheckOutcome.ScriptOnly,
        Detail = "The page came with 200.",
        Status = 200,
        FinalUrl = "https://blog.example.net/post/",
        Redirects = [new Redirect(Url("https://blog.example.net/post"), 301)],
        Title = "Title – 日本",
        Canonical = "https://blog.example.net/post/",
        Robots = new RobotsDirectives { Index = false, Reasons = ["meta robots: noindex"] },
        TextLength = 4321,
        LinkCount = 80,
        ExternalLinks = 41,
        Occurrences = 2,
        MostOccurrences = 3,
        Scope = new ScopeFinding(ChangeScope.OnlyThis, 41, 3),
        WhereItWas = "We like the shop very much.",
        MovedTo = new MovedLink(Url("https://blog.example.net/new"), MoveTrail.Feed),
        Explanation = new Explanation
        {
            Sentence = "The link's rel has gained nofollow.",
            Source = "https://standards.example/rel",
            Steps =
                [
                    new ExplanationStep(StepName.Request, "GET 日本", StepState.Ok),
                    new ExplanationStep(StepName.RobotsTxt, "none", StepState.Decides),
                ],
        },
        LinkUrl = "https://example.org/",
        Rel = ["nofollow", "noopener"],
        Follow = false,
        Anchor = "Example",
        Kind = LinkKind.Image,
        Placement = Placement.Footer,
        Hidden = true,
        HiddenBy = "<div class=\"ads\">: style \"display:none\"",
        Ordinal = 12,
        TextShare = 0.34,
        ContextBefore = "We like",
        ContextAfter = "very much.",
        Snippet = "<a href=\"https://example.org/\" rel='nofollow'>Example</a>",
    };

    public static LinkChange Change(WatchedLink link, DateTimeOffset at, LinkState to = LinkState.Lost, bool alerts = true)
    {
        var transition = new LinkTransition
        {
            From = LinkState.Live,
            To = to,
            ReasonsBefore = [Reason(ReasonCode.Hidden)],
            ReasonsAfter = [Reason(ReasonCode.LinkRemoved)],
            HeldBefore = new HeldState(LinkState.Live, [Reason(ReasonCode.Hidden)]),
            At = at,
            Since = at.AddHours(-1),
            Before = Evidence(at.AddDays(-1)),
            After = Evidence(at),
            Alerts = alerts,
        };
        return new LinkChange
        {
            Id = ChangeIdFactory.For(link.ProjectId, link.Id, transition),
            ProjectId = link.ProjectId,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Type = "guest-post",
            Transition = transition,
            Trace = Trace,
        };
    }

    public static Project Project(ProjectId id) => new()
    {
        Id = id,
        Name = "O'Brien & \"Söhne\" 日本",
        Recipients = ["o'brien@example.org", "second@example.org"],
        TimeZone = "Europe/Berlin",
        SenderName = "O'Brien 日本",
        Language = "de",
        LogoUrl = new Uri("https://example.org/logo.png?a=1&b=2"),
        CheckEvery = TimeSpan.FromHours(6),
        ObeyRobots = false,
        CheckTargets = false,
        Confirmation = new ConfirmationPolicy { Link = new ConfirmationRule(3, TimeSpan.FromMinutes(90)) },
        CreatedAt = Noon,
    };

    /// <summary>Text that cannot be made much smaller, the same every time.</summary>
    public static string Noise(int length)
    {
        var text = new System.Text.StringBuilder();
        for (var block = 0; text.Length < length; block++)
            text.Append(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(block))));
        return text.ToString(0, length);
    }

    /// <summary>What a check keeps of a link, with a value in every part.</summary>
    public static SettledLinks Settled(WatchedLink link, DateTimeOffset seenAt)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new()
        {
            SeenAt = seenAt,
            CheckedAt = seenAt.AddDays(1),
            AreAllKnown = true,
            Days = "2026-11-22:a",
            KeptAt = seenAt,
            IsBySite = true,
            AreAllThere = true,
            Decisions = "1 live",
            Projects =
            [
                new SettledProject(
                    link.ProjectId,
                    "W/\"1\"",
                    [
                        new LinkAtRest(link.Id, "W/\"2\"", true)
                        {
                            Target = link.Expectation.Target.Href,
                            LeadsTo = "https://example.org/there",
                            Type = "guest-post",
                            TypeVersion = "3",
                        },
                    ]),
            ],
        };
    }

    /// <summary>What a full fetch of a page leaves, with a value in every part.</summary>
    public static LastFetch LastFetchAt(DateTimeOffset seenAt) => new()
    {
        SeenAt = seenAt,
        Validators = new PageValidators { EntityTag = "W/\"it's \u00e9\"", LastModified = "Fri, 20 Nov 2026 07:00:00 GMT" },
        Route = "AAAAAAAAAAAAAAAAAAAAAA",
        Body = "BBBBBBBBBBBBBBBBBBBBBB",
        GoogleRule = "CCCCCCCCCCCCCCCCCCCCCC",
        Headers = new Dictionary<string, string> { ["x-robots-tag"] = "DDDDDDDDDDDDDDDDDDDDDD" },
        OtherHeaders = ["strict-transport-security", "x-robots-tag"],
        DistrustedUntil = seenAt.AddDays(30),
        Confirmations = 3,
        ConfirmedAt = seenAt.AddDays(3),
        Scan = new PageScan(PageOutline.CurrentVersion, "EEEEEEEEEEEEEEEEEEEEEE")
        {
            Outline = new PageOutline("FFFFFFFFFFFFFFFFFFFFFF", "GGGGGGGGGGGGGGGGGGGGGG"),
        },
    };

    public static ApiKey Key(string id, ProjectId? projectId) => new()
    {
        Id = id,
        Name = "the agency's key",
        Scope = ApiKeyScope.Write,
        Projects = projectId is { } only ? ProjectSet.Of([only]) : ProjectSet.All,
        Hash = "aGFzaA==",
        CreatedAt = Noon,
        CreatedBy = new Author("bbbbbbbbbbbb", "the first admin"),
        LastUsedAt = Noon.AddHours(1),
        SignedOut = "s1",
    };

    public static StoredSignIn SignIn(string tokenHash) =>
        new() { TokenHash = tokenHash, KeyId = "aaaaaaaaaaaa", Stamp = "s1", ExpiresAt = Noon.AddYears(1) };

    public static AuditEntry Audit(ProjectId? project, int minute) => new()
    {
        Id = $"aud_{minute}",
        ProjectId = project,
        At = Noon.AddMinutes(minute),
        By = new Author("aaaaaaaaaaaa", "Anna"),
        What = "Deleted 14 links",
        About = "lnk_a",
    };

    /// <summary>A channel with a value in every column.</summary>
    public static Channel Channel(ProjectId projectId, string address = "https://hooks.example.org/links?a='b'") => new()
    {
        ProjectId = projectId,
        Id = ChannelIdFactory.For(projectId, ChannelKind.Webhook, address),
        Kind = ChannelKind.Webhook,
        Address = address,
        Name = "O'Brien's \"bot\" 日本",
        Choice = new AlertChoice
        {
            ByTopic =
                new Dictionary<string, AlertTiming> { ["anchor-changed"] = AlertTiming.Digest, [Topics.Recovered] = AlertTiming.Never },
            Otherwise = AlertTiming.Digest,
        },
        Quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(6, 30)),
        Digest = new DigestSchedule(DayOfWeek.Monday, new TimeOnly(8, 15)),
        TimeZone = "Asia/Kolkata",
        Secret = "whsec_AAAA",
        FormerSecret = "whsec_BBBB",
        FormerSecretUntil = Noon.AddHours(5),
        State = ChannelState.Disabled,
        StateReason = "It answered 410: the address no longer exists.",
        StateSince = Noon.AddDays(-1),
        IsRecipient = false,
        CreatedAt = Noon.AddDays(-9),
    };

    public static Alert Alert(ProjectId projectId, DateTimeOffset createdAt, string id = "alr_aaaaaaaaaaaaaaaaaaaaaaaaaa") => new()
    {
        Id = id,
        ProjectId = projectId,
        CreatedAt = createdAt,
        Subject = "3 links lost on 'blog.example.net' – 日本",
        Trace = Trace,
        Cause = new AlertCause("host", "blog.example.net"),
        Content =
            new AlertContent
            {
                LinkId = "lnk_a",
                Text = "Why – 日本",
                Reminders = [new TermReminder("trm_a", "lnk_a", new DateOnly(2026, 12, 1), 7)],
            },
        Deliveries =
        [
            new Delivery
            {
                ChannelId = "chn_a", Channel = ChannelKind.Email, Recipient = "o'brien@example.org", State = DeliveryState.Failed,
                Attempts = 2,
                FirstAttemptAt = createdAt, LastAttemptAt = createdAt, NextAttemptAt = createdAt.AddHours(1), Receipt = "r-1",
                Error = "550 no such user",
            },
        ],
        LeasedUntil = createdAt.AddMinutes(5),
    };

    /// <summary>The alert about these changes.</summary>
    public static NewAlert Opening(Alert alert, params LinkChange[] changes) =>
        new(alert with { ChangeCount = changes.Length }, [.. changes.Select(change => change.OutboxKey)]);

    public static UnstableLink Unstable(ProjectId projectId, LinkId linkId) => new()
    {
        ProjectId = projectId,
        LinkId = linkId,
        Since = Noon,
        StateBefore = LinkState.Live,
        StateTold = LinkState.Changed,
        SettlesAt = Noon.AddDays(1),
    };
}
