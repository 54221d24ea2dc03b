using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing;

/// <summary>What a change means to the reader, the worst first: mails are in this order.</summary>
internal enum ChangeKind
{
    Lost,
    Unreachable,
    Changed,
    NotFound,
    Recovered,
}

internal static class ChangeKinds
{
    public static ChangeKind Of(LinkTransition transition) => transition.To switch
    {
        LinkState.Lost => ChangeKind.Lost,
        LinkState.Unreachable => ChangeKind.Unreachable,
        LinkState.Changed => ChangeKind.Changed,
        LinkState.Live => ChangeKind.Recovered,
        _ => ChangeKind.NotFound,
    };

    /// <summary>For example <c>Lost</c>: starts a heading or a subject.</summary>
    public static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.NotFound => "Not found",
        _ => kind.ToString(),
    };

    /// <summary>A shape that differs for each kind, because colour alone says nothing to many readers (WCAG 1.4.1).</summary>
    public static string Shape(ChangeKind kind) => kind switch
    {
        ChangeKind.Lost => "■",
        ChangeKind.Unreachable => "◇",
        ChangeKind.Changed => "▲",
        ChangeKind.NotFound => "○",
        _ => "●",
    };
}
