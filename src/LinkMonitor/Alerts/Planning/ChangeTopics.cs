using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What a change is about, in the words of a channel's choice.</summary>
internal static class ChangeTopics
{
    /// <summary>When a channel hears of a change: as soon as the most urgent of its topics says.</summary>
    public static Storage.Channels.Telling For(this TellingChoice choice, LinkChange change) => Of(change.Transition).Min(choice.For);

    private static IEnumerable<string> Of(LinkTransition transition) => transition.To switch
    {
        LinkState.Live => [Topics.Recovered],
        LinkState.Unreachable => [Topics.Unreachable],
        _ when transition.ReasonsAfter.Count == 0 => [WireName.Of(transition.To)],
        _ => transition.ReasonsAfter.Select(reason => WireName.Of(reason.Code)),
    };
}
