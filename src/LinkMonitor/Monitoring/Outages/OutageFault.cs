using LinkMonitor.Storage.Outages;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>Why a check is our own fault.</summary>
/// <param name="Sentence">For people.</param>
public sealed record OutageFault(OutageKind Kind, string Sentence);
