using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing;

/// <summary>The states in words.</summary>
internal static class LinkStates
{
    /// <summary>For example <c>not found</c>: for the middle of a sentence.</summary>
    public static string Word(LinkState state, Language say) => state switch
    {
        LinkState.Pending => say.Text("not checked yet"),
        LinkState.NotFound => say.Text("not found"),
        LinkState.Live => say.Text("live"),
        LinkState.Changed => say.Text("changed"),
        LinkState.Lost => say.Text("lost"),
        LinkState.Unreachable => say.Text("unreachable"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word for this state."),
    };

    /// <summary>From what to what: in English the words that the API has, too.</summary>
    public static string Move(LinkTransition transition, Language say) => say.IsEnglish
        ? $"{WireName.Of(transition.From)} → {WireName.Of(transition.To)}"
        : $"{Word(transition.From, say)} → {Word(transition.To, say)}";
}
