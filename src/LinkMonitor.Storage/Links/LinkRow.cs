using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>A watched link as a row.</summary>
internal static class LinkRow
{
    /// <summary>Column: the state's wire name, for filters.</summary>
    public const string State = "state";

    /// <summary>Column: the page's host as people compare it, for filters.</summary>
    public const string Host = "host";

    /// <summary>Column: the vendor of the terms as people compare them, for filters.</summary>
    public const string Vendor = "vendor";

    /// <summary>Column: what the last check saw, so that lists need not read its evidence; empty before the first.</summary>
    public const string Look = "look";

    private const string LinkIdColumn = "linkId";
    private const string Shard = "shard";
    private const string PageId = "pageId";
    private const string Page = "page";
    private const string Expectation = "expectation";
    private const string Type = "type";
    private const string TypeParts = "typeParts";
    private const string RetypedParts = "retypedParts";
    private const string Tags = "tags";
    private const string Note = "note";
    private const string Muted = "muted";
    private const string MutedUntil = "mutedUntil";
    private const string MuteAct = "muteAct";
    private const string TypeAct = "typeAct";
    private const string Terms = "terms";
    private const string Answer = "answer";
    private const string AnswerProof = "answerProof";
    private const string Handed = "handedPage";
    private const string ReplacesColumn = "replaces";
    private const string CaseIdColumn = "caseId";
    private const string ImportIdColumn = "importId";
    private const string VendorNotes = "vendorNotes";
    private const string CreatedAt = "createdAt";
    private const string Trace = "trace";
    private const string Since = "since";
    private const string ReasonCodes = "reasonCodes";
    private const string Reasons = "reasons";
    private const string Baseline = "baseline";
    private const string Suspicions = "suspicions";
    private const string LastCheckedAt = "lastCheckedAt";
    private const string LastObservedAt = "lastObservedAt";
    private const string LastSeenAt = "lastSeenAt";
    private const string UnobservedSince = "unobservedSince";
    private const string LastEvidence = "lastEvidence";
    private const string LastSeenEvidence = "lastSeenEvidence";
    private const string LastAgreedEvidence = "lastAgreedEvidence";
    private const string Outbound = "outbound";
    private const string Known = "knownPage";
    private const string UnobservedByOurFaultTicks = "unobservedByOurFaultTicks";
    private const string Days = "days";
    private const string ExpectationChanged = "expectationChanged";
    private const string BeforeUnreachable = "beforeUnreachable";
    private const string FoundRel = "foundRel";
    private const string FoundAnchor = "foundAnchor";
    private const string UnchangedAt = "unchangedAt";
    private const string UnchangedBySite = "unchangedBySite";
    private const string UnchangedDays = "unchangedDays";

    // All that lists and filters need: some hundred bytes of a row of several thousand.
    private static readonly string[] FactColumns =
    [
        RowSchema.Version, LinkIdColumn, Page, Host, Expectation, Tags, Note, Muted, MutedUntil, Terms, CreatedAt, State, Since,
        ReasonCodes, Suspicions, LastCheckedAt, LastSeenAt, LastObservedAt, Look, FoundRel, FoundAnchor, Answer,
        Type, TypeParts, UnobservedSince,
    ];

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(WatchedLink link)
    {
        var row = RowSchema.NewMarked(link.ProjectId.Value, LinkKeys.Link(link.Id));
        row[LinkIdColumn] = link.Id.Value;
        row[Shard] = link.PageKey.Shard;
        row[PageId] = link.PageKey.PageId;
        row[Page] = link.Page.Href;
        row[Host] = HostName.ForFilter(link.Page.Host);
        row[Expectation] = JsonSerializer.Serialize(link.Expectation, Json.Expectation);
        row[Type] = link.Type;
        row[TypeParts] = link.TypeParts == ExpectationParts.None ? null : (int)link.TypeParts;
        row[Tags] = JsonSerializer.Serialize(link.Tags, Json.IReadOnlyListString);
        row[Note] = link.Note;
        row[Muted] = link.Muted ? true : null;
        row[MutedUntil] = link.MutedUntil;
        row[MuteAct] = link.MuteAct;
        row[TypeAct] = link.TypeAct;
        row[Terms] = link.Terms is { } terms ? JsonSerializer.Serialize(terms, LinkRowJson.Stored.Terms) : null;
        row[Vendor] = link.Terms?.Vendor is { } vendor ? VendorName.Key(vendor) : null;
        row[Answer] = link.Answer is { } answer ? JsonSerializer.Serialize(answer, LinkRowJson.Stored.HumanAnswer) : null;
        row[AnswerProof] = link.Answer?.Proof is { } proof ? Write(proof) : null;
        row[Handed] = link.HandedPage is { } handed ? Write(handed) : null;
        row[ReplacesColumn] = link.Replaces?.Value;
        row[CaseIdColumn] = link.CaseId;
        row[ImportIdColumn] = link.ImportId;
        Write(row, link.VendorNotes);
        row[CreatedAt] = link.CreatedAt;
        row[Trace] = link.Trace;
        Write(row, link.Status);
        return row;
    }

    /// <summary>What other tools say of the link alone, to be merged into its row, with a marker of its own.</summary>
    public static TableEntity WriteNotes(WatchedLink link)
    {
        var row = RowSchema.NewMarked(link.ProjectId.Value, LinkKeys.Link(link.Id));
        Write(row, link.VendorNotes);
        return row;
    }

    /// <summary>What a check that found nothing changed writes into the row that is there; see <see cref="ReadStatus"/>.</summary>
    public static TableEntity WriteUnchanged(
        ProjectId projectId, LinkAtRest link, DateTimeOffset at, UnchangedBy by, DayLog days)
    {
        var row = RowSchema.NewMarked(projectId.Value, LinkKeys.Link(link.Id));
        row[LastCheckedAt] = at;
        row[LastObservedAt] = at;
        if (link.WasSeen)
            row[LastSeenAt] = at;
        row[UnchangedAt] = at;
        row[UnchangedBySite] = by is UnchangedBy.Site;
        row[UnchangedDays] = days.ToString();
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static WatchedLink Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = new LinkId(row.Text(LinkIdColumn)),
        PageKey = new PageKey(row.Text(Shard), row.Text(PageId)),
        Page = StoredUrl.Parse(row.Text(Page)),
        Expectation = row.Json(Expectation, Json.Expectation),
        Type = row.GetString(Type),
        TypeParts = (ExpectationParts)(row.GetInt32(TypeParts) ?? 0),
        Tags = row.Json(Tags, Json.IReadOnlyListString),
        Note = row.GetString(Note),
        Muted = row.GetBoolean(Muted) ?? false,
        MutedUntil = row.GetDateTimeOffset(MutedUntil),
        MuteAct = row.GetString(MuteAct),
        TypeAct = row.GetString(TypeAct),
        Terms = row.JsonOrNull(Terms, LinkRowJson.Stored.Terms),
        Answer = row.JsonOrNull(Answer, LinkRowJson.Stored.HumanAnswer) is { } answer
            ? answer with { Proof = row.JsonOrNull(AnswerProof, LinkRowJson.Stored.HandedPage) }
            : null,
        HandedPage = row.JsonOrNull(Handed, LinkRowJson.Stored.HandedPage),
        Replaces = row.GetString(ReplacesColumn) is { } replaced ? new LinkId(replaced) : null,
        CaseId = row.GetString(CaseIdColumn),
        ImportId = row.GetString(ImportIdColumn),
        VendorNotes = row.JsonOrNull(VendorNotes, LinkRowJson.Stored.IReadOnlyListVendorNote) ?? [],
        CreatedAt = row.Time(CreatedAt),
        Trace = row[Trace] as string,
        Status = ReadStatus(row),
        ETag = row.Version(),
    };

    /// <summary>The columns that <see cref="ReadFacts"/> reads.</summary>
    public static IReadOnlyList<string> FactColumnNames => FactColumns;

    /// <summary>Whether a row has all that <see cref="ReadFacts"/> reads; those of earlier versions have not, and are read whole.</summary>
    public static bool HasFacts(TableEntity row) =>
        row[Look] is string && row[ReasonCodes] is string && row[Host] is string;

    /// <summary>What <see cref="LinkFacts.Of"/> makes of the whole link, from a few columns of its row.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public static LinkFacts ReadFacts(TableEntity row)
    {
        var expectation = row.Json(Expectation, Json.Expectation);
        return new LinkFacts(new LinkId(row.Text(LinkIdColumn)), StoredUrl.Parse(row.Text(Page)).Href)
        {
            Host = row.Text(Host),
            Target = expectation.Target.Href,
            ExpectedAnchor = LinkFacts.AnchorOf(expectation),
            FoundAnchor = row.GetString(FoundAnchor),
            FoundRel = row.GetString(FoundRel) is { } rel ? RelText.Qualifiers(RelText.Tokens(rel)) : null,
            State = WireName.Parse<LinkState>(row.Text(State)),
            Look = row.Text(Look) is { Length: > 0 } look ? WireName.Parse<CheckOutcome>(look) : null,
            Reasons = LinkFacts.Bits(
                row.Text(ReasonCodes).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WireName.Parse<ReasonCode>)),
            Type = row.GetString(Type),
            TypeParts = (ExpectationParts)(row.GetInt32(TypeParts) ?? 0),
            Tags = row.Json(Tags, Json.IReadOnlyListString),
            Terms = row.JsonOrNull(Terms, LinkRowJson.Stored.Terms) is { } terms ? PaidFacts.Of(terms) : null,
            HasNote = !string.IsNullOrEmpty(row.GetString(Note)),
            IsSuspected = row.Json(Suspicions, Json.IReadOnlyListSuspicion).Count > 0,
            IsUnobserved = row.GetDateTimeOffset(UnobservedSince) is not null,
            MutedUntil = LinkFacts.Muted(row.GetBoolean(Muted) ?? false, row.GetDateTimeOffset(MutedUntil)),
            AnsweredUntil = LinkFacts.Answered(
                row.JsonOrNull(Answer, LinkRowJson.Stored.HumanAnswer), row.GetDateTimeOffset(LastObservedAt)),
            CreatedAt = row.Time(CreatedAt).UtcTicks,
            Since = row.Time(Since).UtcTicks,
            LastCheckedAt = row.GetDateTimeOffset(LastCheckedAt)?.UtcTicks ?? 0,
            LastSeenAt = row.GetDateTimeOffset(LastSeenAt)?.UtcTicks ?? 0,
            WrittenAt = row.Timestamp?.UtcTicks ?? 0,
        };
    }

    /// <summary>A document that was handed over, cut so that it fits into a column.</summary>
    public static string Write(HandedPage page) => StoredText.Fit(page, LinkRowJson.Stored.HandedPage, (value, limit) => value with
    {
        Url = StoredText.Cut(value.Url, limit)!,
        Reasons = [.. value.Reasons.Select(reason => EvidenceFit.Cut(reason, limit))],
        Evidence = EvidenceFit.Cut(value.Evidence, limit),
    });

    private static void Write(TableEntity row, IReadOnlyList<VendorNote> notes) => row[VendorNotes] = notes.Count == 0
        ? null
        : JsonSerializer.Serialize(notes, LinkRowJson.Stored.IReadOnlyListVendorNote);

    private static void Write(TableEntity row, LinkStatus status)
    {
        row[State] = WireName.Of(status.State);
        row[Since] = status.Since;
        row[ReasonCodes] = string.Join(' ', status.Reasons.Select(reason => WireName.Of(reason.Code)).Distinct());
        row[Reasons] = EvidenceFit.Write(status.Reasons);
        row[Baseline] = status.Baseline is { } baseline ? EvidenceFit.Write(baseline) : null;
        row[Suspicions] = EvidenceFit.Write(status.Suspicions);
        row[LastCheckedAt] = status.LastCheckedAt;
        row[LastObservedAt] = status.LastObservedAt;
        row[LastSeenAt] = status.LastSeenAt;
        row[UnobservedSince] = status.UnobservedSince;
        row[LastEvidence] = status.LastEvidence is { } last ? EvidenceFit.Write(last) : null;
        row[LastSeenEvidence] = status.LastSeenEvidence is { } seen ? EvidenceFit.Write(seen) : null;
        row[LastAgreedEvidence] = status.LastAgreedEvidence is { } agreed ? EvidenceFit.Write(agreed) : null;
        row[Outbound] = status.Outbound is { } outbound ? JsonSerializer.Serialize(outbound, Json.OutboundLinks) : null;
        row[Known] = status.Known is { } known ? JsonSerializer.Serialize(known, Json.KnownPage) : null;
        row[UnobservedByOurFaultTicks] = status.UnobservedByOurFault.Ticks;
        row[Days] = status.Days.IsEmpty ? null : status.Days.ToString();
        row[ExpectationChanged] = status.ExpectationChanged ? true : null;
        row[RetypedParts] = status.RetypedParts == ExpectationParts.None ? null : (int)status.RetypedParts;
        row[BeforeUnreachable] = status.BeforeUnreachable is { } held ? EvidenceFit.Write(held) : null;
        row[Look] = status.LastOutcome is { } look ? WireName.Of(look) : "";
        row[FoundRel] = LinkFacts.FoundRelOf(status) is { } rel ? RelText.Write(rel) : null;
        row[FoundAnchor] = LinkFacts.FoundAnchorOf(status);
    }

    // The last full write, and what checks that found nothing changed have noted since.
    private static LinkStatus ReadStatus(TableEntity row) => row.GetDateTimeOffset(UnchangedAt) is { } at
        ? UnchangedPage.Restore(
            ReadWhole(row),
            at,
            row.GetBoolean(UnchangedBySite) == true ? UnchangedBy.Site : UnchangedBy.Comparison,
            DayLog.Parse(row.GetString(UnchangedDays)))
        : ReadWhole(row);

    private static LinkStatus ReadWhole(TableEntity row) => new()
    {
        State = WireName.Parse<LinkState>(row.Text(State)),
        Since = row.Time(Since),
        Reasons = row.Json(Reasons, Json.IReadOnlyListReason),
        Baseline = row.JsonOrNull(Baseline, Json.Baseline),
        Suspicions = row.Json(Suspicions, Json.IReadOnlyListSuspicion),
        LastCheckedAt = row.GetDateTimeOffset(LastCheckedAt),
        LastObservedAt = row.GetDateTimeOffset(LastObservedAt),
        LastSeenAt = row.GetDateTimeOffset(LastSeenAt),
        UnobservedSince = row.GetDateTimeOffset(UnobservedSince),
        LastEvidence = row.JsonOrNull(LastEvidence, Json.Evidence),
        LastSeenEvidence = row.JsonOrNull(LastSeenEvidence, Json.Evidence),
        LastAgreedEvidence = row.JsonOrNull(LastAgreedEvidence, Json.Evidence),
        Outbound = row.JsonOrNull(Outbound, Json.OutboundLinks),
        Known = row.JsonOrNull(Known, Json.KnownPage),
        UnobservedByOurFault = TimeSpan.FromTicks(row.Number(UnobservedByOurFaultTicks)),
        Days = DayLog.Parse(row.GetString(Days)),
        ExpectationChanged = row.GetBoolean(ExpectationChanged) ?? false,
        RetypedParts = (ExpectationParts)(row.GetInt32(RetypedParts) ?? 0),
        BeforeUnreachable = row.JsonOrNull(BeforeUnreachable, Json.HeldState),
    };
}

/// <summary>The JSON in a link's row.</summary>
[JsonSerializable(typeof(Terms))]
[JsonSerializable(typeof(IReadOnlyList<VendorNote>))]
[JsonSerializable(typeof(HumanAnswer))]
[JsonSerializable(typeof(HandedPage))]
internal sealed partial class LinkRowJson : JsonSerializerContext
{
    public static LinkRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
