using System.Globalization;
using LinkMonitor.Alerts.Listing;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Failures;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Watchdog;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/health</c>: how the installation keeps up, and the work that is set aside.</summary>
internal static class SystemPage
{
    private const string Here = "/app/health";
    private const int Shown = 20;
    private const int SetAsideShown = 200;
    private const int ReadAtOnce = 1_000;
    private const int TextShown = 300;

    public static void MapSystem(this IEndpointRouteBuilder pages)
    {
        var system = pages.MapGroup("/health").RequireAuthorization(SessionScheme.OwnerOfAll);
        system.MapGet("/", ShowAsync);
        system.MapPost("/failures/{queue}/{failureId}/retry", RetryAsync);
        system.MapPost("/failures/{queue}/{failureId}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, Watch watch, HealthReport report, IFailureStore failures, ISetAsideStore aside,
        IAlertStore alerts, IProjectStore projects, TimeProvider time, CancellationToken cancellationToken)
    {
        var health = await report.ReadAsync(watch.ReadAsync, cancellationToken);
        var moments = new MomentMaker("UTC", time.GetUtcNow());
        var failed = new List<FailureLine>();
        foreach (var queue in QueueNames.All)
            failed.AddRange((await failures.ListAsync(queue, Shown, null, cancellationToken)).Items.Select(one => LineOf(one, moments)));
        var (troubles, isWhole) = await ReadAsync(aside, cancellationToken);
        var notices = await AlertListing.ReadAsync(alerts, Alert.OperatorPartition, Shown, null, cancellationToken);
        return new SlicePage(Installation.Create(new SystemModel
        {
            Frame = frame.Of(context, "System"),
            Status = health.Status == HealthReport.Ok && troubles.Count > 0 ? SystemModel.NeedsAttention : health.Status,
            Version = health.Version,
            Facts =
            [
                new FactLine("Storage", health.Storage),
                new FactLine("Late", health.Late.Count == 0 ? "nothing" : string.Join(", ", health.Late)),
                new FactLine("Set aside", troubles.Count == 0 ? "nothing" : string.Create(
                    CultureInfo.InvariantCulture, $"{(isWhole ? "" : "at least ")}{troubles.Count:N0}, listed below")),
                new FactLine("Page due the longest", Age(health.OldestDuePage, "none is due")),
                new FactLine("Oldest change not told yet", Age(health.OldestOutboxRow, "none waits")),
                new FactLine("Last look for changes to tell", Age(health.LastSweep, "none yet")),
            ],
            Queues =
                [
                    .. health.Queues
                    .Select(queue => new QueueLine(queue.Name, queue.Messages, Age(queue.OldestMessage, "–"), queue.Poisoned)),
                ],
            Failures = failed,
            SetAside = await LinesOfAsync(troubles.Take(SetAsideShown), projects, moments, cancellationToken),
            SetAsideMore = SetAsideTrouble.More(troubles.Count, SetAsideShown, isWhole),
            Notices =
            [
                .. notices.Items
                .Select(one => new NoticeLine(moments.Of(one.CreatedAt), WebText.Cut(one.Subject, TextShown), one.Content?.Text)),
            ],
        }));
    }

    // All of it, so that one trouble is one row wherever its entries stand; no process lists more.
    private static async Task<(IReadOnlyList<SetAsideTrouble> Troubles, bool IsWhole)> ReadAsync(
        ISetAsideStore aside, CancellationToken cancellationToken)
    {
        var (entries, cursor) = (new List<SetAsideEntry>(), (string?)null);
        do
        {
            var slice = await aside.ListAsync(ReadAtOnce, cursor, cancellationToken);
            entries.AddRange(slice.Items);
            cursor = slice.Cursor;
        }
        while (cursor is not null && entries.Count < SetAsideList.MaxKnown);
        return (SetAsideTrouble.Of(entries), cursor is null);
    }

    private static async Task<IReadOnlyList<SetAsideLine>> LinesOfAsync(
        IEnumerable<SetAsideTrouble> troubles, IProjectStore projects, MomentMaker moments, CancellationToken cancellationToken)
    {
        var lines = new List<SetAsideLine>();
        var names = new Dictionary<ProjectId, string?>();
        foreach (var trouble in troubles)
        {
            if (trouble.Whose is { } id && !names.ContainsKey(id))
                names[id] = await NameOfAsync(id, projects, cancellationToken);
            lines.Add(trouble.ToLine(trouble.Whose is { } known ? names[known] : null, moments));
        }

        return lines;
    }

    // The row of the project itself may be what cannot be read. Null when the project is deleted.
    private static async Task<string?> NameOfAsync(ProjectId id, IProjectStore projects, CancellationToken cancellationToken)
    {
        try
        {
            return (await projects.GetAsync(id, cancellationToken))?.Name;
        }
        catch (UnreadableRowException)
        {
            return id.Value;
        }
    }

    private static async Task<IResult> RetryAsync(
        HttpContext context, string queue, string failureId, DashboardFrame frame, FailedWork work, CancellationToken cancellationToken)
    {
        if (!await work.RetryAsync(queue, failureId, cancellationToken))
            return DashboardMessages.NotFound;
        return frame.Done(
            context, Here, "It is tried again.", new AuditNote($"Put a failed message back on the queue '{queue}'", failureId));
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string queue, string failureId, DashboardFrame frame, IFailureStore failures,
        CancellationToken cancellationToken) =>
        QueueNames.All.Contains(queue) && await failures.RemoveAsync(queue, failureId, cancellationToken)
            ? frame.Done(
                context, Here, "The message is deleted.", new AuditNote($"Deleted a failed message of the queue '{queue}'", failureId))
            : DashboardMessages.NotFound;

    private static FailureLine LineOf(FailedMessage message, MomentMaker moments) => new(
        $"{Here}/failures/{message.Queue}/{message.Id}", message.Queue, WebText.Cut(message.Text, TextShown),
        WebText.Cut(message.Error ?? "The process ended without a word.", TextShown), moments.Of(message.FailedAt));

    private static string Age(long? seconds, string none) => seconds is not { } age
        ? none
        : age < 120 ? CountText.Of(age, "second")
        : CountText.Of(age / 60, "minute");
}

/// <summary>One trouble among what is set aside: a row, or all that went wrong alike in the turns of one project.</summary>
/// <param name="Project">Whose turns they are; null for a row.</param>
internal sealed record SetAsideTrouble(ProjectId? Project, IReadOnlyList<SetAsideEntry> Entries)
{
    private const int TextShown = 300;

    /// <summary>The project that it is about; null when it is no project's.</summary>
    public ProjectId? Whose => Project ?? Thing.Project;

    private StoredThing Thing => StoredThing.Of(Entries[0].Note.Name);

    /// <summary>A project may have many turns of a sweep at once: those with one problem are one trouble.</summary>
    public static IReadOnlyList<SetAsideTrouble> Of(IEnumerable<SetAsideEntry> entries) =>
    [
        .. entries.GroupBy(one => (Project: SweepTurns.ProjectOf(one.Note.Name), one.Note.Problem))
            .SelectMany(alike => alike.Key.Project is null
                ? alike.Select(one => new SetAsideTrouble(null, [one]))
                : [new SetAsideTrouble(alike.Key.Project, [.. alike])]),
    ];

    /// <summary>How many are not shown, a sentence; null for none.</summary>
    /// <param name="isWhole">All were read.</param>
    public static string? More(int count, int shown, bool isWhole) => count <= shown && isWhole ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"These are the first {Math.Min(count, shown):N0} of {(isWhole ? "" : "at least ")}{count:N0}; the API lists all of them "
            + $"(/api/v1/failures/set-aside).");

    /// <param name="name">The project's; null when it is deleted.</param>
    public SetAsideLine ToLine(string? name, MomentMaker moments)
    {
        var (note, since, last) = (Entries[0].Note, moments.Of(Entries.Min(one => one.Since)), moments.Of(Entries.Max(one => one.LastAt)));
        var whose = Whose is { } id ? $" of {WebText.Short(name ?? $"the deleted project {id}", TextShown)}" : "";
        if (Project is null)
            return new SetAsideLine(LetterWords.Capital(Thing.Kind) + whose, WebText.Cut(note.Problem, TextShown), note.Advice, since, last)
            {
                About = note.About is { } about ? WebText.Cut(WebText.Readable(about), TextShown) : null,
                Path = name is null ? null : Thing.Path,
                Row = WebText.Cut($"{note.Name.Area} {note.Name.Partition} {note.Name.Key}", TextShown),
            };
        var next = new DateTimeOffset(((moments.Now.UtcTicks / SweepTurns.Every.Ticks) + 1) * SweepTurns.Every.Ticks, TimeSpan.Zero);
        return new SetAsideLine(
            $"Alerts{whose}",
            WebText.Cut(note.Problem, TextShown)
                + (Entries.Count == 1 ? "" : $" So it was for {CountText.Of(Entries.Count, "thing")} to be told."),
            string.Create(CultureInfo.InvariantCulture, $"Nothing: it is tried again at {next:HH:mm} UTC, and every five minutes. ")
                + "If it stays, check the log.",
            since, last)
        { Path = name is null ? null : $"/app/p/{Whose}/alerts" };
    }
}
