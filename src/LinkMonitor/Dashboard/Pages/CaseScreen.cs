using System.Globalization;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Keys;
using LinkMonitor.Outreach;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The page of one case.</summary>
internal sealed class CaseScreen(
    DashboardFrame frame, ICaseStore cases, ILinkStore links, IKeyStore keys, CaseOwners people, OutreachCaseFinder drafts,
    TimeProvider time)
{
    /// <summary>The page with its two forms, of which one may have been refused.</summary>
    /// <param name="errors">What was typed into the case, and what is wrong with it.</param>
    /// <param name="noteErrors">The same of a new note.</param>
    /// <param name="problems">What is wrong beside the fields, a sentence each.</param>
    public async Task<SlicePage> ShowAsync(
        HttpContext context, LinkCase one, FormErrors errors, FormErrors noteErrors, IReadOnlyList<string> problems,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var lines = new CaseLineMaker(project, time.GetUtcNow(), await people.GoneAsync(project, [one], cancellationToken));
        var link = await links.GetAsync(project.Id, one.LinkId, cancellationToken);
        var line = lines.Of(one);
        var entries = await cases.ReadEntriesAsync(project.Id, one.Id, cancellationToken);
        List<Field> fields = [.. Fields(one, errors, await OwnersAsync(context, project, one, lines, cancellationToken))];
        var note = noteErrors.Field("text", "Note") with { Type = "textarea", IsNeeded = true };
        (string Value, string Words)? pressed =
            WireName.TryParse<CaseStatus>(errors.Named("status").Value, out var status) && status != one.Status
                ? Button(status)
                : null;
        return new SlicePage(CaseDetail.Create(new CaseModel
        {
            Frame = frame.Of(context, $"Case: {line.PageWords}", "cases")
                .LeavingOut(entries.SetAside.Count, "entry", "entries"),
            Case = line,
            LinkPath = LineMaker.PathOf(project, one.LinkId.Value),
            IsLinkGone = link is null,
            Ended = lines.Ended(one),
            Timeline = [.. entries.Items.Select(lines.Of)],
            Shown = errors.Over(CaseRegistry.VersionOf(one), fields),
            Pressed = pressed,
            Statuses =
                [.. Enum.GetValues<CaseStatus>().Where(other => other != one.Status).Select(Button).Where(other => other != pressed)],
            Fields = fields,
            Note = note,
            Problems = [.. problems, .. errors.Others([.. fields, note]), .. noteErrors.Others([note])],
            Draft = link is null ? null : await LinkDetailPage.DraftOf(project, link, drafts, cancellationToken),
        }), Math.Max(errors.Status, noteErrors.Status));
    }

    private static (string Value, string Words) Button(CaseStatus status) => (WireName.Of(status), status switch
    {
        CaseStatus.Open => "Back to open",
        CaseStatus.WrittenOff => "Write off",
        _ => LetterWords.Capital(CaseLineMaker.Words(status)),
    });

    private static IEnumerable<Field> Fields(LinkCase one, FormErrors errors, IReadOnlyList<(string Value, string Words)> owners) =>
    [
        errors.Named("owner", one.Owner?.Id ?? "") with { Type = "select", Choices = owners },
        errors.Named(
            "due", CaseLineMaker.Iso(one.Due), "The day by which something has to be done. You are reminded on that day.") with
        {
            Type = "date",
        },
        errors.Named(
            "promised", CaseLineMaker.Iso(one.Promised),
            "The day that the page's owner named. An open case is promised then, and you are reminded on that day.") with
        {
            Type = "date",
        },
    ];

    private async Task<IReadOnlyList<(string Value, string Words)>> OwnersAsync(
        HttpContext context, Project project, LinkCase one, CaseLineMaker lines, CancellationToken cancellationToken)
    {
        var me = context.Holder();
        var people = (await keys.ListAsync(cancellationToken)).Items
            .Where(key => key.Projects.Contains(project.Id) && key.Id != me.Id && key.Id != one.Owner?.Id)
            .OrderBy(key => key.Name, StringComparer.OrdinalIgnoreCase)
            .Select(key => (key.Id, WebText.Visible(key.Name)));
        IEnumerable<(string, string)> now = one.Owner is { } owner && owner.Id != me.Id
            ? [(owner.Id, lines.Of(one).Owner ?? WebText.Visible(owner.Name))]
            : [];
        return [("", "nobody"), (me.Id, $"{WebText.Visible(me.Name)} (you)"), .. now, .. people];
    }
}

/// <summary>Who owns cases and cannot work on them any more.</summary>
internal sealed class CaseOwners(KeyRing keys)
{
    /// <summary>The keys of those owners that were revoked, or open the project no more.</summary>
    public async Task<IReadOnlySet<string>> GoneAsync(Project project, IEnumerable<LinkCase> cases, CancellationToken cancellationToken)
    {
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in cases.Where(one => one.IsOpen).Select(one => one.Owner?.Id).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await keys.FindHolderAsync(id, isUse: false, cancellationToken) is not { } holder || !holder.Opens(project.Id))
                gone.Add(id);
        }

        return gone;
    }
}

/// <summary>Makes the rows of cases.</summary>
/// <param name="gone">The keys of owners that are gone, or open the project no more.</param>
internal sealed class CaseLineMaker(Project project, DateTimeOffset now, IReadOnlySet<string>? gone = null)
{
    private const int UrlLength = 70;
    private const int NoteLength = 2_000;

    private readonly MomentMaker _moments = MomentMaker.Of(project, now);
    private readonly DateOnly _today = LocalTimes.Day(now, project.TimeZone);

    public static string PathOf(Project project, string caseId) => $"/app/p/{project.Id}/cases/{caseId}";

    public static string Words(CaseStatus status) => WireName.Of(status).Replace('-', ' ');

    private static string Words(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public CaseLine Of(LinkCase one) => new(
        PathOf(project, one.Id),
        Words(one.Status),
        one.IsOpen,
        WireName.Of(one.State),
        one.Page.Href,
        WebText.ShortUrl(one.Page, UrlLength, showsHost: true),
        one.Target.Href,
        WebText.ShortUrl(one.Target, UrlLength, showsHost: true),
        Why(one.Reasons),
        OwnerOf(one),
        DaysOf(one),
        one.IsOpen && (one.Due < _today || one.Promised < _today),
        _moments.Of(one.OpenedAt),
        _moments.Of(one.UpdatedAt));

    /// <summary>How it ended, in a sentence; null while it is open.</summary>
    public string? Ended(LinkCase one) => one.ClosedAt is not { } at ? null
        : one.ClosedBy is { } by ? $"closed by {WebText.Visible(by.Name)} {_moments.InWords(at)}."
        : $"closed by recovery {_moments.InWords(at)}.";

    /// <summary>The case of a link, on the link's page.</summary>
    public LinkCaseModel OfLink(LinkCase? last, bool canOpen) => last is null
        ? new LinkCaseModel(null, "None.", canOpen)
        : new LinkCaseModel(
            PathOf(project, last.Id),
            string.Join(", ", new[] { $"status {Words(last.Status)}", OwnerOf(last), DaysOf(last) }.OfType<string>()),
            canOpen && !last.IsOpen);

    public CaseEntryLine Of(CaseEntry entry) => new(
        _moments.Of(entry.At), entry.By is { } by ? WebText.Visible(by.Name) : "LinkMonitor", What(entry),
        entry is { Kind: CaseEntryKind.Note, Text: { } text } ? WebText.Lines(text, NoteLength) : null);

    private string? OwnerOf(LinkCase one) => one.Owner is not { } owner ? null
        : one.IsOpen && gone?.Contains(owner.Id) is true ? $"{WebText.Visible(owner.Name)} (gone)" : WebText.Visible(owner.Name);

    private static string? DaysOf(LinkCase one)
    {
        string?[] parts =
            [one.Due is { } due ? $"due {Words(due)}" : null, one.Promised is { } promised ? $"promised for {Words(promised)}" : null];
        var said = string.Join(", ", parts.OfType<string>());
        return said.Length == 0 ? null : said;
    }

    private static string What(CaseEntry entry) => entry.Kind switch
    {
        CaseEntryKind.Opened => $"opened the case{StateOf(entry)}.",
        CaseEntryKind.Changed => $"saw the link change{StateOf(entry)}.",
        CaseEntryKind.Recovered => "saw the link recover.",
        CaseEntryKind.Status when entry is { Status: CaseStatus.Promised, Day: { } day } => $"set it to promised for {Words(day)}.",

        // As versions before wrote that only the day is another one.
        CaseEntryKind.Status when entry.Day is { } day => PromisedFor(day),
        CaseEntryKind.Status => $"set it to {Words(entry.Status ?? default)}.",
        CaseEntryKind.Promised => entry.Day is { } day ? PromisedFor(day) : "took the promised day away.",
        CaseEntryKind.Owner => entry.Owner is { } owner ? $"gave it to {WebText.Visible(owner.Name)}." : "took the owner away.",
        CaseEntryKind.Followed =>
            $"gave the link another page, target or match, and the case went with it: {WebText.Cut(entry.Text ?? "", 300)}.",
        CaseEntryKind.Due => entry.Day is { } due ? $"set the due day to {Words(due)}." : "took the due day away.",
        _ => "wrote:",
    };

    private static string PromisedFor(DateOnly day) => $"set the promised day to {Words(day)}.";

    private static string StateOf(CaseEntry entry) => entry.State is not { } state ? ""
        : $": {WireName.Of(state).Replace('-', ' ')}{(entry.Reasons.Count == 0 ? "" : $" ({Why(entry.Reasons)})")}";

    private static string Why(IEnumerable<ReasonCode> reasons) =>
        string.Join(", ", reasons.Select(code => ReasonWords.Label(code, Language.English)));
}
