using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A project that needs attention at a time, though no message may come for it.</summary>
public sealed record Wake(ProjectId ProjectId, DateTimeOffset At);
