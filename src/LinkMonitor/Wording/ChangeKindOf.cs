using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Wording;

internal static class ChangeKindOf
{
    public static ChangeKind Of(LinkTransition transition) => Of(transition.To);

    public static ChangeKind Of(LinkState state) => state switch
    {
        LinkState.Lost => ChangeKind.Lost,
        LinkState.Unreachable => ChangeKind.Unreachable,
        LinkState.Changed => ChangeKind.Changed,
        LinkState.Live => ChangeKind.Recovered,
        _ => ChangeKind.NotFound,
    };

    /// <summary>For example <c>Lost</c>: starts a heading or a subject.</summary>
    public static string Word(ChangeKind kind, Language say) => kind switch
    {
        ChangeKind.Lost => say.Text("Lost"),
        ChangeKind.Unreachable => say.Text("Unreachable"),
        ChangeKind.Changed => say.Text("Changed"),
        ChangeKind.Recovered => say.Text("Recovered"),
        _ => say.Text("Not found"),
    };

    public static Tone ToneOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Lost => Tone.Bad,
        ChangeKind.Unreachable => Tone.Unknown,
        ChangeKind.Changed => Tone.Warning,
        ChangeKind.NotFound => Tone.Absent,
        _ => Tone.Good,
    };
}

/// <summary>What a change means to the reader, the worst first: mails are in this order.</summary>
internal enum ChangeKind
{
    Lost,
    Unreachable,
    Changed,
    NotFound,
    Recovered,
}

/// <summary>How bad a thing is: it has a colour, and a shape, because colour alone says nothing to many readers (WCAG 1.4.1).</summary>
internal enum Tone
{
    Bad,
    Unknown,
    Warning,
    Absent,
    Good,

    /// <summary>Neither good nor bad.</summary>
    Plain,
}
