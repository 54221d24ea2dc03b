using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Tracking;
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

    /// <summary>Another one after every change of what is set here. For <c>If-Match</c>.</summary>
    public required string Version { get; init; }

    internal static ProjectView Of(Project project)
    {
        var view = WithoutVersion(project);
        return view with { Version = IfMatch.VersionOf(view, ProjectJson.Default.ProjectView) };
    }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(Project before, Project after) => FieldChanges.Between(
        WithoutVersion(before), WithoutVersion(after), ProjectJson.Default.ProjectView, ProjectJson.Default.ProjectRequest);

    private static ProjectView WithoutVersion(Project project) => new()
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
        Version = "",
    };
}

/// <summary>When a suspected finding becomes a change. What is absent stays, or is the default.</summary>
public sealed record ConfirmationRequest
{
    /// <summary>Findings about the link itself; 2 observations over 60 minutes by default.</summary>
    public ConfirmationRuleRequest? Link { get; init; }

    /// <summary>The page answers 404 or 410; 2 observations over 360 minutes by default.</summary>
    public ConfirmationRuleRequest? PageGone { get; init; }

    /// <summary>The domain does not exist; 3 observations over 2,880 minutes by default.</summary>
    public ConfirmationRuleRequest? DomainGone { get; init; }

    /// <summary>Another page is at the page's address; 3 observations over 4,320 minutes (3 days) by default.</summary>
    public ConfirmationRuleRequest? PageReplaced { get; init; }

    /// <summary>60 to 43,200 minutes; 10,080 (7 days) by default.</summary>
    public int? UnreachableAfterMinutes { get; init; }
}

/// <summary>How often, and over how long, a finding must be seen before it counts. What is absent stays, or is the default.</summary>
public sealed record ConfirmationRuleRequest
{
    /// <summary>1 to 10.</summary>
    public int? Observations { get; init; }

    /// <summary>0 to 43,200.</summary>
    public int? OverMinutes { get; init; }
}

/// <summary>How often, and over how long, a finding must be seen before it counts.</summary>
public sealed record ConfirmationRuleView
{
    /// <summary>1 to 10.</summary>
    public required int Observations { get; init; }

    /// <summary>0 to 43,200.</summary>
    public required int OverMinutes { get; init; }

    internal static ConfirmationRuleView Of(ConfirmationRule rule) =>
        new() { Observations = rule.Observations, OverMinutes = (int)rule.Over.TotalMinutes };
}

/// <summary>When a suspected finding becomes a change.</summary>
public sealed record ConfirmationView
{
    public required ConfirmationRuleView Link { get; init; }

    public required ConfirmationRuleView PageGone { get; init; }

    public required ConfirmationRuleView DomainGone { get; init; }

    public required ConfirmationRuleView PageReplaced { get; init; }

    public required int UnreachableAfterMinutes { get; init; }

    internal static ConfirmationView Of(ConfirmationPolicy policy) => new()
    {
        Link = ConfirmationRuleView.Of(policy.Link),
        PageGone = ConfirmationRuleView.Of(policy.PageGone),
        DomainGone = ConfirmationRuleView.Of(policy.DomainGone),
        PageReplaced = ConfirmationRuleView.Of(policy.PageReplaced),
        UnreachableAfterMinutes = (int)policy.UnreachableAfter.TotalMinutes,
    };
}
