using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>The list that a letter about several links begins with: a line for each, no more than a screen holds.</summary>
internal static class Overview
{
    /// <summary>So many lines stand in the list; the rest is counted.</summary>
    public const int MaxLines = 12;

    private const int MaxPage = 34;
    private const int MaxGist = 40;

    public static IReadOnlyList<OverviewLine> Of(CommonGround common, IReadOnlyDictionary<LinkId, Stake> stakes, ProjectTime time) => common.Count == 1 ? [] :
    [
        .. common.Changes.Take(MaxLines).Select(change => new OverviewLine
        {
            Tone = ChangeKinds.ToneOf(ChangeKinds.Of(change.Transition)),
            State = ChangeKinds.Word(ChangeKinds.Of(change.Transition), time.Say),
            Page = WebText.ShortUrl(change.Page, MaxPage, showsHost: common.Host is null),
            Gist = WebText.Short(StoryTelling.Gist(change.Transition, time.Say), MaxGist),
            Since = time.Say.Text("since {time}", ("time", time.WriteShortly(change.Transition.Since))),
            Price = stakes.TryGetValue(change.LinkId, out var stake) ? Money.Shortly(stake, time.Say) : null,
        }),
    ];
}
