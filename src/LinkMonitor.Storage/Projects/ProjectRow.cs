using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

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
