using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

/// <summary>One site or one client: owns links, recipients, schedule and time zone.</summary>
public sealed record Project
{
    public required ProjectId Id { get; init; }

    /// <summary>1 to 200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail addresses that get the alerts, at most 50. Without any, changes are kept but mailed to nobody.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>IANA name, for example <c>Europe/Berlin</c>; UTC by default. Times in mails are written in it.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The sender's name in this project's mails, 1 to 100 characters on one line; null for the installation's.</summary>
    public string? SenderName { get; init; }

    /// <summary>ISO 639-1, for example <c>de</c>: the language of this project's mails; English by default.</summary>
    public string Language { get; init; } = "en";

    /// <summary>An absolute https URL of a picture that stands above the HTML of this project's mails; null for none.</summary>
    public Uri? LogoUrl { get; init; }

    /// <summary>The time between two ordinary checks of a page. 1 hour to 30 days, 1 day by default.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether pages that robots.txt forbids us are left alone; true by default. False is only for pages that the project's owner owns, or
    /// is allowed to check by whoever does.
    /// </summary>
    public bool ObeyRobots { get; init; } = true;

    /// <summary>
    /// Whether the targets of links are checked, too; true by default. Without that no link is reported for a broken or redirecting target.
    /// </summary>
    public bool CheckTargets { get; init; } = true;

    public ConfirmationPolicy Confirmation { get; init; } = ConfirmationPolicy.Default;

    /// <summary>
    /// Public addresses that were made under another number open nothing: raising it revokes all that were ever handed out. 0 at first.
    /// </summary>
    public int PublicGeneration { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}

/// <summary>A project that is gone, and of which something may be left to purge.</summary>
/// <param name="DeletedAt">What was under way then may write for a while longer.</param>
/// <param name="ETag">The version that was read.</param>
public sealed record DeletedProject(ProjectId Id, DateTimeOffset DeletedAt, string ETag);

/// <summary>The <c>Projects</c> table.</summary>
public interface IProjectStore
{
    /// <exception cref="InvalidOperationException">There is one with this identity; identities are drawn, so this is a bug.</exception>
    Task<Project> AddAsync(Project project, CancellationToken cancellationToken);

    Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken);

    /// <summary>All projects, in order of identity.</summary>
    /// <param name="maxItems">1 to 1,000.</param>
    /// <exception cref="InvalidCursorException">The cursor is not of this list.</exception>
    Task<Slice<Project>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>The identities of some projects, in order. Reads keys only.</summary>
    /// <param name="after">Those behind this one; null for the first.</param>
    /// <param name="count">How many at most.</param>
    Task<IReadOnlyList<ProjectId>> ReadIdsAsync(ProjectId? after, int count, CancellationToken cancellationToken);

    /// <summary>Writes a project over the version that was read.</summary>
    Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the project's row, and notes first that what it owned is to be purged. May be called again after a crash; when it is gone
    /// already the note
    /// is renewed.
    /// </summary>
    Task DeleteAsync(ProjectId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The notes of deleted projects.</summary>
    IAsyncEnumerable<DeletedProject> ReadDeletedAsync(CancellationToken cancellationToken);

    /// <summary>Removes the row of a project that is noted as deleted, should whoever noted it have died before.</summary>
    Task CompleteDeleteAsync(DeletedProject project, CancellationToken cancellationToken);

    /// <summary>Takes a note back when nothing is left of the project, unless it was renewed since it was read.</summary>
    Task ForgetDeletedAsync(DeletedProject project, CancellationToken cancellationToken);
}

/// <summary>Reads projects of which one that cannot be read must not stop the others.</summary>
public static class SomeProjects
{
    /// <summary>Some projects, in the order in which they are asked for. Those that are gone are left out.</summary>
    public static async Task<RowsRead<Project>> GetSomeAsync(
        this IProjectStore projects, IReadOnlyCollection<ProjectId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(projects);
        var read = await Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                return (Id: id, Project: await projects.GetAsync(id, cancellationToken), IsRead: true);
            }
            catch (UnreadableRowException)
            {
                return (id, null, false);
            }
        }));
        return new RowsRead<Project>(
            [.. read.Select(one => one.Project).OfType<Project>()], [.. read.Where(one => !one.IsRead).Select(one => one.Id.Value)]);
    }
}

/// <summary>A project as a row.</summary>
internal static class ProjectRow
{
    private const string Name = "name";
    private const string Recipients = "recipients";
    private const string TimeZone = "timeZone";
    private const string SenderName = "senderName";
    private const string Language = "language";
    private const string LogoUrl = "logoUrl";
    private const string CheckEverySeconds = "checkEverySeconds";
    private const string ObeyRobots = "obeyRobots";
    private const string CheckTargets = "checkTargets";
    private const string Confirmation = "confirmation";
    private const string CreatedAt = "createdAt";
    private const string PublicGeneration = "publicGeneration";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <summary>The row, with a marker of its own.</summary>
    public static TableEntity Write(Project project)
    {
        var row = RowSchema.NewMarked(ProjectKeys.Partition, ProjectKeys.Project(project.Id));
        row[Name] = project.Name;
        row[Recipients] = JsonSerializer.Serialize(project.Recipients, Json.IReadOnlyListString);
        row[TimeZone] = project.TimeZone;
        row[SenderName] = project.SenderName;
        row[Language] = project.Language;
        row[LogoUrl] = project.LogoUrl?.AbsoluteUri;
        row[CheckEverySeconds] = (long)project.CheckEvery.TotalSeconds;
        row[ObeyRobots] = project.ObeyRobots;
        row[CheckTargets] = project.CheckTargets;
        row[Confirmation] = JsonSerializer.Serialize(project.Confirmation, Json.ConfirmationPolicy);
        row[CreatedAt] = project.CreatedAt;
        row[PublicGeneration] = project.PublicGeneration;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Project Read(TableEntity row) => new()
    {
        Id = new ProjectId(row.RowKey),
        Name = row.Text(Name),
        Recipients = row.Json(Recipients, Json.IReadOnlyListString),
        TimeZone = row.Text(TimeZone),
        SenderName = row.GetString(SenderName),
        Language = row.GetString(Language) ?? "en",
        LogoUrl = row.GetString(LogoUrl) is { } logo ? new Uri(logo) : null,
        CheckEvery = TimeSpan.FromSeconds(row.Number(CheckEverySeconds)),
        ObeyRobots = row.GetBoolean(ObeyRobots) ?? true,
        CheckTargets = row.GetBoolean(CheckTargets) ?? true,
        Confirmation = row.Json(Confirmation, Json.ConfirmationPolicy),
        CreatedAt = row.Time(CreatedAt),
        PublicGeneration = row.GetInt32(PublicGeneration) ?? 0,
        ETag = row.Version(),
    };
}

/// <summary>The keys of the <c>Projects</c> table; see docs/tables/projects.md.</summary>
internal static class ProjectKeys
{
    public const string Partition = "projects";
    public const string DeletedPartition = "deleted";

    public static string Project(ProjectId id) => id.Value;

    public static KeyRange AllDeleted => KeyRange.Whole(DeletedPartition);

    public static KeyRange All => KeyRange.Whole(Partition);
}

/// <inheritdoc cref="IProjectStore"/>
internal sealed class TableProjectStore(StoreTables tables) : IProjectStore
{
    private const string DeletedAt = "deletedAt";

    private readonly RowTable _table = tables.Open(TableNames.Projects);

    public async Task<Project> AddAsync(Project project, CancellationToken cancellationToken)
    {
        var version = await _table.AddAsync(ProjectRow.Write(project), cancellationToken)
            ?? throw new InvalidOperationException($"There is a project {project.Id} already.");
        return project with { ETag = version.ToString() };
    }

    public async Task<Project?> GetAsync(ProjectId id, CancellationToken cancellationToken) =>
        await _table.FindAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ProjectRow.Read, cancellationToken);

    public Task<Slice<Project>> ListAsync(int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var projects =
            new SliceReader<Project> { Table = _table, List = ListNames.Projects, Range = ProjectKeys.All, Map = ProjectRow.Read };
        return projects.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async Task<IReadOnlyList<ProjectId>> ReadIdsAsync(ProjectId? after, int count, CancellationToken cancellationToken)
    {
        var range = after is { } last ? ProjectKeys.All with { From = ProjectKeys.Project(last) + "!" } : ProjectKeys.All;
        var ids = new List<ProjectId>();
        await foreach (var key in _table.ReadKeysAsync(range, cancellationToken, perPage: count))
        {
            ids.Add(new ProjectId(key));
            if (ids.Count == count)
                break;
        }

        return ids;
    }

    public async Task<SaveOutcome> SaveAsync(Project project, CancellationToken cancellationToken)
    {
        var row = ProjectRow.Write(project);
        if (await _table.ReplaceAsync(row, RowColumns.ToETag(project.ETag), cancellationToken) is not null)
            return SaveOutcome.Saved;

        return !await _table.IsThereAsync(row.PartitionKey, row.RowKey, cancellationToken) ? SaveOutcome.Missing : SaveOutcome.Conflict;
    }

    public async Task DeleteAsync(ProjectId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The note first: a crash between the two leaves a note that the purge completes, never rows that nobody purges.
        var note = RowSchema.New(ProjectKeys.DeletedPartition, ProjectKeys.Project(id));
        note[DeletedAt] = now;
        await _table.PutAsync(note, cancellationToken);
        await _table.DeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(id), ETag.All, cancellationToken);
    }

    public async IAsyncEnumerable<DeletedProject> ReadDeletedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var project in _table.ReadAsync(ProjectKeys.AllDeleted, ReadDeleted, cancellationToken))
            yield return project;
    }

    public Task CompleteDeleteAsync(DeletedProject project, CancellationToken cancellationToken) =>
        _table.DeleteAsync(ProjectKeys.Partition, ProjectKeys.Project(project.Id), ETag.All, cancellationToken);

    public Task ForgetDeletedAsync(DeletedProject project, CancellationToken cancellationToken) => _table.DeleteAsync(
        ProjectKeys.DeletedPartition, ProjectKeys.Project(project.Id), RowColumns.ToETag(project.ETag), cancellationToken);

    private static DeletedProject ReadDeleted(TableEntity row) => new(new ProjectId(row.RowKey), row.Time(DeletedAt), row.Version());
}
