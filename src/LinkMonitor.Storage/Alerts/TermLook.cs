using LinkMonitor.Storage.Links;

namespace LinkMonitor.Storage.Alerts;

/// <summary>A time at which a link's terms are to be looked at: something may have to be told of them then.</summary>
public sealed record TermLook(LinkId LinkId, DateTimeOffset At);
