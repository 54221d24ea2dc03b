using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Projects;

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
