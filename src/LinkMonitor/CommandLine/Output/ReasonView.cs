using LinkMonitor.Engine.Judging;

namespace LinkMonitor.CommandLine.Output;

/// <summary>Why the state is what it is.</summary>
internal sealed record ReasonView(ReasonCode Code, string Message);
