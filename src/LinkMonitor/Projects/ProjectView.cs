using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Projects;

/// <summary>A project as the API shows it.</summary>
public sealed record ProjectView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Recipients { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Null for the installation's.</summary>
    public required string? SenderName { get; init; }

    /// <summary>Of the project's mails: <c>de</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Null for none.</summary>
    public required Uri? LogoUrl { get; init; }

    public required int CheckEveryMinutes { get; init; }

    public required bool ObeyRobots { get; init; }

    public required bool CheckTargets { get; init; }

    public required ConfirmationView Confirmation { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal static ProjectView Of(Project project) => new()
    {
        Id = project.Id.Value,
        Name = project.Name,
        Recipients = project.Recipients,
        TimeZone = project.TimeZone,
        SenderName = project.SenderName,
        Language = project.Language,
        LogoUrl = project.LogoUrl,
        CheckEveryMinutes = (int)project.CheckEvery.TotalMinutes,
        ObeyRobots = project.ObeyRobots,
        CheckTargets = project.CheckTargets,
        Confirmation = ConfirmationView.Of(project.Confirmation),
        CreatedAt = project.CreatedAt,
    };
}
