using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A project that needs attention at a time, though no message may come for it.</summary>
/// <param name="IsReadable">False when its row holds something that is not understood: the project has its attention, and the row stays.</param>
public sealed record Wake(ProjectId ProjectId, DateTimeOffset At, bool IsReadable = true);
